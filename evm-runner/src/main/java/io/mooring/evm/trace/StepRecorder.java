package io.mooring.evm.trace;

import io.mooring.evm.Address;
import io.mooring.evm.Halt;
import io.mooring.evm.Tracer;
import io.mooring.evm.U256;
import io.mooring.evm.interpreter.Opcode;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Holds each step back until the next event tells what it cost and whether it failed; then gives it
 * to {@link #record}, in the order in which the steps ran.
 */
abstract class StepRecorder implements Tracer {
  private static final int WORD_BYTES = 32;

  private final TraceOptions options;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private @Nullable Pending pending;

  StepRecorder(TraceOptions options) {
    this.options = options;
  }

  private record Pending(TracedStep step, boolean endsItsFrame) {}

  /** Go-ethereum shows what SELFDESTRUCT moves as a frame that ends at once. */
  private boolean destructs;

  abstract void record(TracedStep step);

  /** A frame ended, after its last step was recorded; {@code depth} is 1 for the outermost. */
  void ended(int depth, byte[] output, long gasUsed, String error) {}

  @Override
  public final void step(Step step) {
    U256 top = step.stackSize() == 0 ? U256.ZERO : step.stack(0);
    settle(pending -> pending.gas() - step.gas(), top, step.refund(), "");
    pending = new Pending(copy(step), endsItsFrame(step.opcode()));
  }

  @Override
  public final void enter(Frame frame, long callerGas) {
    // Go-ethereum counts what a call is given as part of its cost, but not what a creation is
    // given.
    long given = isCreation(frame) ? frame.gas() : 0;
    settle(step -> step.gas() - callerGas - given, U256.ZERO, 0, "");
    frames.push(frame);
  }

  @Override
  public final void exit(byte[] output, long gasUsed, Halt halt, boolean reverted) {
    Frame frame = frames.pop();
    String error = Errors.of(halt, reverted);
    long gasLeft = frame.gas() - gasUsed;
    boolean stepFailed = halt != Halt.NONE && !onlyTheCodeWasRefused(frame);
    settle(step -> step.gas() - gasLeft, U256.ZERO, 0, stepFailed ? error : "");
    ended(frame.depth(), output, gasUsed, error);
  }

  /** Whether a creation ran to its RETURN, which went well, and failed on what was returned. */
  private boolean onlyTheCodeWasRefused(Frame frame) {
    if (pending == null || !isCreation(frame)) {
      return false;
    }
    TracedStep step = pending.step;
    return step.opcode() == Opcode.RETURN.code()
        && step.stack().size() >= 2
        && isAddressable(step)
        && costOfEnding(step) <= step.gas();
  }

  private static boolean isCreation(Frame frame) {
    return frame.kind() == FrameKind.CREATE || frame.kind() == FrameKind.CREATE2;
  }

  private static boolean isAddressable(TracedStep step) {
    return step.top(1).isZero()
        || step.top(0).toBigInteger().bitLength() < Integer.SIZE
            && step.top(1).toBigInteger().bitLength() < Integer.SIZE;
  }

  @Override
  public final void selfDestruct(Address contract, Address beneficiary, U256 balance) {
    destructs = true;
  }

  private void settle(
      ToLongFunction<TracedStep> cost, U256 topAfter, long refundAfter, String error) {
    Pending last = pending;
    if (last == null) {
      return;
    }
    pending = null;
    TracedStep step = last.step;
    boolean loads = step.opcode() == Opcode.SLOAD.code() && error.isEmpty();
    // Go-ethereum counts the refund of an SSTORE while it prices it, and shows it with the step.
    boolean refunds = step.opcode() == Opcode.SSTORE.code() && error.isEmpty();
    long gasCost =
        last.endsItsFrame && error.isEmpty() ? costOfEnding(step) : cost.applyAsLong(step);
    record(
        new TracedStep(
            step.pc(),
            step.opcode(),
            step.gas(),
            gasCost,
            step.depth(),
            refunds ? refundAfter : step.refund(),
            step.address(),
            step.stack(),
            step.memoryBytes(),
            step.memory(),
            step.returnData(),
            loads ? topAfter : U256.ZERO,
            error));
    if (destructs) {
      destructs = false;
      ended(step.depth() + 1, new byte[0], 0, "");
    }
  }

  private static boolean endsItsFrame(int opcode) {
    return opcode == Opcode.STOP.code()
        || opcode == Opcode.RETURN.code()
        || opcode == Opcode.REVERT.code();
  }

  /** Worked out here, because what the frame used besides may include the price of new code. */
  private static long costOfEnding(TracedStep step) {
    if (step.opcode() == Opcode.STOP.code() || step.top(1).isZero()) {
      return 0;
    }
    BigInteger end = step.top(0).toBigInteger().add(step.top(1).toBigInteger());
    long words = (Math.max(end.longValueExact(), step.memoryBytes()) + WORD_BYTES - 1) / WORD_BYTES;
    return memoryGas(words) - memoryGas(step.memoryBytes() / WORD_BYTES);
  }

  /** The Yellow Paper's C_mem. */
  private static long memoryGas(long words) {
    return 3 * words + words * words / 512;
  }

  private TracedStep copy(Step step) {
    List<U256> stack = new ArrayList<>();
    if (options.stack() || needsStack(step.opcode())) {
      for (int i = step.stackSize() - 1; i >= 0; i--) {
        stack.add(step.stack(i));
      }
    }
    return new TracedStep(
        step.pc(),
        step.opcode(),
        step.gas(),
        0,
        step.depth(),
        step.refund(),
        step.address(),
        stack,
        step.memoryBytes(),
        options.memory() ? step.memory(0, step.memoryBytes()) : new byte[0],
        options.returnData() ? step.returnData() : new byte[0],
        U256.ZERO,
        "");
  }

  private static boolean needsStack(int opcode) {
    return endsItsFrame(opcode) || opcode == Opcode.SLOAD.code() || opcode == Opcode.SSTORE.code();
  }
}
