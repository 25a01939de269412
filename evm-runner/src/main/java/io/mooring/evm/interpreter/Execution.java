package io.mooring.evm.interpreter;

import io.mooring.evm.Address;
import io.mooring.evm.Environment;
import io.mooring.evm.Fork;
import io.mooring.evm.Halt;
import io.mooring.evm.Message;
import io.mooring.evm.Outcome;
import io.mooring.evm.Tracer;
import io.mooring.evm.Tracer.FrameKind;
import io.mooring.evm.U256;
import io.mooring.evm.precompile.Precompile;
import io.mooring.evm.precompile.Precompiles;
import io.mooring.evm.state.Account;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.WorldState;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One message being executed: the frames it has begun and not ended, and what they share. */
final class Execution {
  /** No gas that exists pays for more memory than this. */
  static final long MEMORY_ADDRESSABLE_MAX = 1L << 36;

  /** About what a log takes besides its data, and what a slot and its place in the journal take. */
  static final int LOG_HEAP_BYTES = 256;

  private static final int SLOT_HEAP_BYTES = 256;

  /** The clock is looked at whenever this much was used, by whatever frame. */
  private static final long GAS_BETWEEN_CLOCKS = 1 << 18;

  private static final long NANOS_A_MILLI = 1_000_000;

  final Environment environment;
  final Fork fork;
  final GasSchedule gas;
  final WorldState world;
  final HeapBudget heap;
  final Division division = new Division();

  private final Precompiles precompiles;
  private final Programs programs;
  private final Frames frames;
  private final Tracer tracer;
  private final boolean isTraced;
  private final LongSupplier nanoTime;
  private final long begunAt;
  private final long nanosMax;
  private long gasUntilClock = GAS_BETWEEN_CLOCKS;

  Execution(
      Environment environment,
      WorldState world,
      Tracer tracer,
      Programs programs,
      Frames frames,
      LongSupplier nanoTime) {
    this.environment = environment;
    this.fork = environment.fork();
    this.gas = GasSchedule.of(fork);
    this.world = world;
    this.heap = new HeapBudget(environment.limits().heapBytesMax());
    this.precompiles = environment.precompiles();
    this.programs = programs;
    this.frames = frames;
    this.tracer = tracer;
    this.isTraced = tracer != Tracer.NONE;
    this.nanoTime = nanoTime;
    this.begunAt = nanoTime.getAsLong();
    this.nanosMax = Math.multiplyExact(environment.limits().wallMillisMax(), NANOS_A_MILLI);
  }

  /** How a frame, or what took its place, ended. */
  record Ended(Frame.State state, Halt halt, long gasLeft, byte[] output) {
    static Ended returned(long gasLeft, byte[] output) {
      return new Ended(Frame.State.RETURNED, Halt.NONE, gasLeft, output);
    }

    static Ended refused(Halt halt, long gasLeft) {
      return new Ended(Frame.State.HALTED, halt, gasLeft, Frame.NO_BYTES);
    }

    boolean isSuccess() {
      return state == Frame.State.RETURNED;
    }
  }

  // ---- the message ----

  Outcome run(Message message) {
    int snapshot = world.snapshot();
    int logsBefore = world.logCount();
    int createdBefore = world.createdCount();
    Ended ended = begin(message);
    while (ended == null) {
      Frame frame = frames.innermost();
      if (frame.state == Frame.State.RUNNING) {
        BlockLoop.run(frame);
      }
      if (frame.state != Frame.State.RUNNING) {
        ended = end(frame);
      }
    }
    if (ended.halt().isOurs()) {
      world.revertTo(snapshot);
      return new Outcome(
          Outcome.Status.INTERRUPTED,
          ended.halt(),
          0,
          message.gas(),
          world.refund(),
          Frame.NO_BYTES,
          List.of(),
          List.of());
    }
    return new Outcome(
        switch (ended.state()) {
          case RETURNED -> Outcome.Status.SUCCESS;
          case REVERTED -> Outcome.Status.REVERTED;
          case HALTED, RUNNING -> Outcome.Status.HALTED;
        },
        ended.halt(),
        message.gas() - ended.gasLeft(),
        ended.gasLeft(),
        world.refund(),
        ended.output(),
        world.logsSince(logsBefore),
        world.createdSince(createdBefore));
  }

  private @Nullable Ended begin(Message message) {
    Account caller = world.account(message.caller());
    if (caller.balance().compareTo(message.value()) < 0) {
      return Ended.refused(Halt.INSUFFICIENT_BALANCE, 0);
    }
    return switch (message.kind()) {
      case CALL -> {
        Account callee = world.account(message.to());
        yield call(
            FrameKind.CALL,
            callee,
            message.caller(),
            callee,
            message.value(),
            message.input(),
            message.gas(),
            false);
      }
      case CREATE ->
          create(
              FrameKind.CREATE,
              message.caller(),
              message.to(),
              message.value(),
              message.input(),
              message.gas());
    };
  }

  // ---- frames ----

  Frame innermost() {
    return frames.innermost();
  }

  /**
   * Runs the code of {@code codeOf} on the account {@code self}; null where that takes a frame,
   * which has then begun.
   */
  @Nullable Ended call(
      FrameKind kind,
      Account self,
      Address caller,
      Account codeOf,
      U256 value,
      byte[] input,
      long gasGiven,
      boolean isStatic) {
    traceEnter(kind, self.address(), caller, codeOf.address(), value, input, gasGiven);
    int snapshot = world.snapshot();
    if (kind == FrameKind.CALL) {
      world.touch(self);
      if (!value.isZero()) {
        world.debit(caller, value);
        world.credit(self, value);
      }
    } else if (kind == FrameKind.STATICCALL) {
      world.touch(self);
    }

    Precompile precompile = precompile(codeOf.address());
    if (precompile != null) {
      return traceExit(gasGiven, runPrecompile(precompile, input, gasGiven, snapshot));
    }
    Code code = executableCode(codeOf);
    if (code.isEmpty()) {
      return traceExit(gasGiven, Ended.returned(gasGiven, Frame.NO_BYTES));
    }
    Block first = programs.of(code, fork).first(isTraced);
    Frame frame = frames.push(this, self, first);
    frame.begin(kind, self, caller, value, input, gasGiven);
    frame.isStatic = isStatic;
    frame.snapshot = snapshot;
    return null;
  }

  /** Runs {@code initCode} to make a contract; null where its frame has begun. */
  @Nullable Ended create(
      FrameKind kind, Address creator, Address to, U256 value, byte[] initCode, long gasGiven) {
    traceEnter(kind, to, creator, to, value, initCode, gasGiven);
    Account account = world.account(to);
    if (gas.accessIsPriced) {
      world.warm(account);
    }
    if (account.isTaken()) {
      return traceExit(gasGiven, Ended.refused(Halt.ADDRESS_COLLISION, 0));
    }
    int snapshot = world.snapshot();
    world.markCreated(account);
    if (gas.newContractNonce != 0) {
      world.setNonce(account, gas.newContractNonce);
    }
    if (!value.isZero()) {
      world.debit(creator, value);
      world.credit(account, value);
    }
    Block first = new Program(initCode, fork).first(isTraced);
    Frame frame = frames.push(this, account, first);
    frame.begin(kind, account, creator, value, Frame.NO_BYTES, gasGiven);
    frame.isStatic = false;
    frame.snapshot = snapshot;
    return null;
  }

  /** Answers a call or creation that was refused before it began. */
  Ended refuse(
      FrameKind kind,
      Frame from,
      Address to,
      U256 value,
      byte[] input,
      long gasGiven,
      Halt reason) {
    traceEnter(kind, to, from.self.address(), to, value, input, gasGiven);
    return traceExit(gasGiven, Ended.refused(reason, gasGiven));
  }

  private Ended runPrecompile(Precompile precompile, byte[] input, long gasGiven, int snapshot) {
    long cost = precompile.gas(input);
    Halt halt = cost > gasGiven ? Halt.OUT_OF_GAS : Halt.PRECOMPILE_FAILED;
    byte[] output = cost > gasGiven ? null : precompile.run(input);
    if (output == null) {
      world.revertTo(snapshot);
      return Ended.refused(halt, 0);
    }
    used(cost);
    return Ended.returned(gasGiven - cost, output);
  }

  /** The code a call runs: the account's own, or that of the account it delegates to. */
  private Code executableCode(Account account) {
    Code code = account.code();
    if (!fork.includes(Fork.PRAGUE)) {
      return code;
    }
    Address target = code.delegation().orElse(null);
    if (target == null) {
      return code;
    }
    return precompile(target) != null ? Code.NONE : world.account(target).code();
  }

  /** Takes the frame off and answers its caller; what it ended with, where it had none. */
  private @Nullable Ended end(Frame frame) {
    if (frame.state == Frame.State.RETURNED && frame.isCreation()) {
      CreateRules.deposit(frame);
    }
    Ended ended =
        switch (frame.state) {
          case RETURNED, REVERTED -> new Ended(frame.state, Halt.NONE, frame.gas, frame.output);
          case HALTED, RUNNING -> Ended.refused(frame.halt, 0);
        };
    if (!ended.isSuccess()) {
      world.revertTo(frame.snapshot);
    }
    traceExit(frame.gasGiven, ended);
    frames.pop();
    if (frames.isEmpty() || ended.halt().isOurs()) {
      frames.popAll();
      return ended;
    }
    Frame caller = frames.innermost();
    if (frame.isCreation()) {
      CreateRules.answer(caller, frame.self.address(), ended);
    } else {
      CallRules.answer(caller, ended);
    }
    return null;
  }

  // ---- what the rules ask for ----

  /** Warms the account; true where its first access is to be paid for. */
  boolean isCold(Account account) {
    return gas.accessIsPriced && !isWarmAnyway(account.address()) && world.warm(account);
  }

  /** The fork's own precompiles are, also where a simulation moved them. */
  private boolean isWarmAnyway(Address address) {
    return Precompiles.of(fork).at(address.high(), address.middle(), address.low()) != null;
  }

  private @Nullable Precompile precompile(Address address) {
    return precompiles.at(address.high(), address.middle(), address.low());
  }

  /** Counts one more slot, or write to one; false, and the frame halted, where it is too many. */
  boolean holdSlot(Frame frame) {
    if (heap.take(SLOT_HEAP_BYTES)) {
      return true;
    }
    frame.halt(Halt.HEAP_EXHAUSTED);
    return false;
  }

  /** How much gas may be used before {@link #isExpired} is to be asked. */
  long gasUntilClock() {
    return Math.max(0, gasUntilClock);
  }

  void used(long gas) {
    gasUntilClock -= gas;
  }

  boolean isExpired() {
    gasUntilClock = GAS_BETWEEN_CLOCKS;
    return nanoTime.getAsLong() - begunAt > nanosMax;
  }

  static long words(long bytes) {
    return (bytes + 31) >>> 5;
  }

  // ---- tracing ----

  Tracer tracer() {
    return tracer;
  }

  boolean isTraced() {
    return isTraced;
  }

  private void traceEnter(
      FrameKind kind,
      Address self,
      Address caller,
      Address code,
      U256 value,
      byte[] input,
      long gasGiven) {
    if (isTraced) {
      long callerGas = frames.isEmpty() ? 0 : frames.innermost().gas;
      int depth = frames.depth() + 1;
      tracer.enter(
          new Tracer.Frame(kind, depth, caller, self, code, value, input, gasGiven), callerGas);
    }
  }

  private Ended traceExit(long gasGiven, Ended ended) {
    if (isTraced) {
      boolean reverted = ended.state() == Frame.State.REVERTED;
      tracer.exit(ended.output(), gasGiven - ended.gasLeft(), ended.halt(), reverted);
    }
    return ended;
  }
}
