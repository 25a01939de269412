package io.mooring.evm.interpreter;

import io.mooring.evm.Halt;
import io.mooring.evm.state.Account;
import io.mooring.evm.state.Code;
import java.util.Arrays;

/** The opcodes that copy bytes into memory. */
final class CopyRules {
  private CopyRules() {}

  static void fromInput(Frame frame) {
    copyPadded(frame, frame.input);
  }

  static void fromCode(Frame frame) {
    copyPadded(frame, frame.block.program.code());
  }

  /** Operands: where to, where from, how much; beyond the source's end there are zeros. */
  private static void copyPadded(Frame frame, byte[] source) {
    long to = frame.operandSaturated(0);
    long from = frame.operandSaturated(1);
    long length = frame.operandSaturated(2);

    if (!frame.payCopy(to, length)) {
      return;
    }

    int start = (int) Math.min(from, source.length);
    int real = (int) Math.min(length, source.length - start);
    if (length > 0) {
      System.arraycopy(source, start, frame.memory, (int) to, real);
      Arrays.fill(frame.memory, (int) to + real, (int) (to + length), (byte) 0);
    }
    frame.drop(3);
  }

  /** Operands: whose, where to, where from, how much. */
  static void fromOtherCode(Frame frame) {
    Execution execution = frame.execution;
    Account account = execution.world.account(frame.operandAddress(0));
    long to = frame.operandSaturated(1);
    long from = frame.operandSaturated(2);
    long length = frame.operandSaturated(3);

    long access =
        execution.isCold(account) ? execution.gas.coldAccount - execution.gas.warmAccess : 0;
    if (!frame.pay(access) || !frame.payCopy(to, length)) {
      return;
    }

    Code code = account.code();
    if (length > 0) {
      code.copyTo((int) Math.min(from, code.length()), frame.memory, (int) to, (int) length);
    }
    frame.drop(4);
  }

  /** As the others, but reading beyond the end is a halt (EIP-211). */
  static void fromReturnData(Frame frame) {
    long to = frame.operandSaturated(0);
    long from = frame.operandSaturated(1);
    long length = frame.operandSaturated(2);
    byte[] source = frame.returnData;
    if (from > source.length || length > source.length - from) {
      frame.halt(Halt.RETURN_DATA_OUT_OF_BOUNDS);
      return;
    }

    if (!frame.payCopy(to, length)) {
      return;
    }

    if (length > 0) {
      System.arraycopy(source, (int) from, frame.memory, (int) to, (int) length);
    }
    frame.drop(3);
  }

  static void withinMemory(Frame frame) {
    long to = frame.operandSaturated(0);
    long from = frame.operandSaturated(1);
    long length = frame.operandSaturated(2);

    if (!frame.payCopy(Math.max(to, from), length)) {
      return;
    }

    if (length > 0) {
      System.arraycopy(frame.memory, (int) from, frame.memory, (int) to, (int) length);
    }
    frame.drop(3);
  }
}
