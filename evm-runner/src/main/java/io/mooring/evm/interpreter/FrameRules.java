package io.mooring.evm.interpreter;

import io.mooring.evm.Halt;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import java.util.ArrayList;
import java.util.List;

/** What ends a frame, logs, or looks at the gas; and where the other rules of frames are. */
final class FrameRules {
  private FrameRules() {}

  /** Runs the opcode that ends the frame's block; the frame then stands at the next block. */
  static void apply(Frame frame, int opcode) {
    switch (opcode) {
      case Opcodes.STOP -> frame.leave(Frame.State.RETURNED, Frame.NO_BYTES);
      case Opcodes.RETURN -> leave(frame, Frame.State.RETURNED);
      case Opcodes.REVERT -> leave(frame, Frame.State.REVERTED);
      case Opcodes.SELFDESTRUCT -> SelfDestructRule.apply(frame);
      case Opcodes.UNDEFINED -> frame.halt(Halt.INVALID_OPCODE);
      case Opcodes.GAS -> {
        Words.set(frame.stack, frame.top, frame.gas);
        frame.top += Words.LIMBS;
      }
      case Opcodes.SSTORE -> StorageRules.store(frame);
      case Opcodes.TSTORE -> StorageRules.storeTransient(frame);
      case Opcodes.LOG0, Opcodes.LOG0 + 1, Opcodes.LOG0 + 2, Opcodes.LOG0 + 3, Opcodes.LOG4 ->
          log(frame, opcode - Opcodes.LOG0);
      case Opcodes.CALLDATACOPY -> CopyRules.fromInput(frame);
      case Opcodes.CODECOPY -> CopyRules.fromCode(frame);
      case Opcodes.EXTCODECOPY -> CopyRules.fromOtherCode(frame);
      case Opcodes.RETURNDATACOPY -> CopyRules.fromReturnData(frame);
      case Opcodes.MCOPY -> CopyRules.withinMemory(frame);
      case Opcodes.CALL -> CallRules.call(frame);
      case Opcodes.CALLCODE -> CallRules.callCode(frame);
      case Opcodes.DELEGATECALL -> CallRules.delegateCall(frame);
      case Opcodes.STATICCALL -> CallRules.staticCall(frame);
      case Opcodes.CREATE -> CreateRules.create(frame);
      case Opcodes.CREATE2 -> CreateRules.create2(frame);
      default -> throw new IllegalStateException("no rule for 0x" + Integer.toHexString(opcode));
    }
    if (frame.state == Frame.State.RUNNING) {
      frame.block = frame.block.next();
    }
  }

  private static void leave(Frame frame, Frame.State how) {
    long offset = frame.operandSaturated(0);
    long length = frame.operandSaturated(1);

    if (!frame.payExpansion(offset, length)) {
      return;
    }

    frame.leave(how, frame.memoryRange(offset, length));
  }

  private static void log(Frame frame, int topics) {
    long offset = frame.operandSaturated(0);
    long length = frame.operandSaturated(1);
    GasSchedule prices = frame.execution.gas;
    if (frame.isStatic) {
      frame.halt(Halt.WRITE_IN_STATIC_CALL);
      return;
    }

    if (!frame.payExpansion(offset, length)
        || !frame.pay((long) topics * prices.logTopic + length * prices.logByte)) {
      return;
    }
    if (!frame.execution.heap.take(Execution.LOG_HEAP_BYTES + length)) {
      frame.halt(Halt.HEAP_EXHAUSTED);
      return;
    }

    List<Hash> hashes = new ArrayList<>(topics);
    for (int i = 0; i < topics; i++) {
      hashes.add(new Hash(frame.operandWord(2 + i)));
    }
    frame.execution.world.log(
        new Log(frame.self.address(), hashes, frame.memoryRange(offset, length)));
    frame.drop(2 + topics);
  }
}
