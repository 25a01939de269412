package io.mooring.evm.interpreter;

import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import io.mooring.evm.Halt;
import io.mooring.evm.Limits;
import io.mooring.evm.Tracer.FrameKind;
import io.mooring.evm.U256;
import io.mooring.evm.interpreter.Execution.Ended;
import io.mooring.evm.state.Account;
import org.jspecify.annotations.Nullable;

/** CALL, CALLCODE, DELEGATECALL and STATICCALL: what they cost, whom they run, what comes back. */
final class CallRules {
  private static final int KEPT_SHIFT = 6; // all but a 64th (EIP-150)

  private CallRules() {}

  static void call(Frame frame) {
    U256 value = frame.operandWord(2);
    if (frame.isStatic && !value.isZero()) {
      frame.halt(Halt.WRITE_IN_STATIC_CALL);
      return;
    }
    Account callee = frame.execution.world.account(frame.operandAddress(1));
    Range ranges = Range.of(frame, 3);
    perform(frame, FrameKind.CALL, callee, callee, value, ranges, 7);
  }

  static void callCode(Frame frame) {
    Account code = frame.execution.world.account(frame.operandAddress(1));
    U256 value = frame.operandWord(2);
    perform(frame, FrameKind.CALLCODE, frame.self, code, value, Range.of(frame, 3), 7);
  }

  static void delegateCall(Frame frame) {
    Account code = frame.execution.world.account(frame.operandAddress(1));
    perform(frame, FrameKind.DELEGATECALL, frame.self, code, U256.ZERO, Range.of(frame, 2), 6);
  }

  static void staticCall(Frame frame) {
    Account callee = frame.execution.world.account(frame.operandAddress(1));
    perform(frame, FrameKind.STATICCALL, callee, callee, U256.ZERO, Range.of(frame, 2), 6);
  }

  /** Where in memory the input is and where the output goes. */
  private record Range(long inputAt, long inputLength, long outputAt, long outputLength) {
    static Range of(Frame frame, int operand) {
      return new Range(
          frame.operandSaturated(operand),
          frame.operandSaturated(operand + 1),
          frame.operandSaturated(operand + 2),
          frame.operandSaturated(operand + 3));
    }
  }

  private static void perform(
      Frame frame,
      FrameKind kind,
      Account self,
      Account code,
      U256 value,
      Range range,
      int operands) {
    Execution execution = frame.execution;
    GasSchedule prices = execution.gas;
    boolean givesValue = !value.isZero();

    if (!frame.payExpansion(range.inputAt, range.inputLength)
        || !frame.payExpansion(range.outputAt, range.outputLength)
        || !frame.pay(accessCost(execution, code))
        || !frame.pay(givesValue ? prices.callValue : 0)
        || !frame.pay(newAccountCost(execution, kind, self, givesValue))
        || !frame.pay(delegationCost(execution, code))) {
      return;
    }
    long given = gasGiven(frame, Words.saturated(frame.stack, frame.operand(0)));
    if (given > frame.gas) {
      frame.halt(Halt.OUT_OF_GAS);
      return;
    }
    frame.gas -= given;
    long withStipend = givesValue ? given + prices.callStipend : given;

    byte[] input = frame.memoryRange(range.inputAt, range.inputLength);
    frame.returnData = Frame.NO_BYTES;
    frame.outputAt = range.outputLength == 0 ? 0 : (int) range.outputAt;
    frame.outputLength = (int) range.outputLength;
    frame.drop(operands);
    Ended ended;
    Halt refusal = refusal(frame, value);
    if (refusal != Halt.NONE) {
      ended = execution.refuse(kind, frame, code.address(), value, input, withStipend, refusal);
    } else {
      ended = begin(frame, kind, self, code, value, input, withStipend);
    }
    if (ended != null) {
      answer(frame, ended);
    }
  }

  private static @Nullable Ended begin(
      Frame frame,
      FrameKind kind,
      Account self,
      Account code,
      U256 value,
      byte[] input,
      long gasGiven) {
    boolean delegates = kind == FrameKind.DELEGATECALL;
    Address caller = delegates ? frame.caller : frame.self.address();
    U256 seenValue = delegates ? frame.value : value;
    boolean isStatic = frame.isStatic || kind == FrameKind.STATICCALL;
    return frame.execution.call(kind, self, caller, code, seenValue, input, gasGiven, isStatic);
  }

  private static Halt refusal(Frame frame, U256 value) {
    if (frame.depth > Limits.DEPTH_MAX) {
      return Halt.CALL_TOO_DEEP;
    }
    return frame.self.balance().compareTo(value) < 0 ? Halt.INSUFFICIENT_BALANCE : Halt.NONE;
  }

  private static long accessCost(Execution execution, Account code) {
    GasSchedule prices = execution.gas;
    return execution.isCold(code) ? prices.coldAccount - prices.warmAccess : 0;
  }

  /** Reading where an account delegates to is an access of its own (EIP-7702). */
  private static long delegationCost(Execution execution, Account account) {
    if (!execution.fork.includes(Fork.PRAGUE)) {
      return 0;
    }
    GasSchedule prices = execution.gas;
    Address target = account.code().delegation().orElse(null);
    if (target == null) {
      return 0;
    }
    return execution.isCold(execution.world.account(target))
        ? prices.coldAccount
        : prices.warmAccess;
  }

  private static long newAccountCost(
      Execution execution, FrameKind kind, Account callee, boolean givesValue) {
    if (kind != FrameKind.CALL) {
      return 0;
    }
    boolean isNew =
        execution.gas.newAccountOnlyWithValue ? givesValue && callee.isDead() : !callee.exists();
    return isNew ? execution.gas.callNewAccount : 0;
  }

  private static long gasGiven(Frame frame, long wanted) {
    return frame.execution.gas.keepsSixtyFourth ? Math.min(wanted, allButOne64th(frame)) : wanted;
  }

  static long allButOne64th(Frame frame) {
    return frame.gas - (frame.gas >> KEPT_SHIFT);
  }

  /** Gives a call's end to the frame that made it. */
  static void answer(Frame caller, Ended ended) {
    caller.gas += ended.gasLeft();
    byte[] output = ended.output();
    caller.returnData = output;
    int copied = Math.min(caller.outputLength, output.length);
    if (copied > 0) {
      System.arraycopy(output, 0, caller.memory, caller.outputAt, copied);
    }
    caller.answer(0, ended.isSuccess() ? U256.ONE : U256.ZERO);
  }
}
