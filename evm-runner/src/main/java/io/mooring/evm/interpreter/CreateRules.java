package io.mooring.evm.interpreter;

import io.mooring.evm.Address;
import io.mooring.evm.ContractAddress;
import io.mooring.evm.Halt;
import io.mooring.evm.Limits;
import io.mooring.evm.Tracer.FrameKind;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Keccak256;
import io.mooring.evm.interpreter.Execution.Ended;
import io.mooring.evm.state.Code;
import java.util.function.Function;

/** CREATE and CREATE2: what they cost, where the contract comes to stand, how its code is kept. */
final class CreateRules {
  private static final byte RESERVED_PREFIX = (byte) 0xef;
  private static final long NONCE_MAX = -1L;

  private CreateRules() {}

  static void create(Frame frame) {
    perform(
        frame,
        FrameKind.CREATE,
        0,
        3,
        initCode -> ContractAddress.of(frame.self.address(), frame.self.nonce()));
  }

  static void create2(Frame frame) {
    U256 salt = frame.operandWord(3);
    perform(
        frame,
        FrameKind.CREATE2,
        frame.execution.gas.keccakWord,
        4,
        initCode -> ContractAddress.of(frame.self.address(), salt, Keccak256.hash(initCode)));
  }

  private static void perform(
      Frame frame,
      FrameKind kind,
      int hashWord,
      int operands,
      Function<byte[], Address> addressFor) {
    Execution execution = frame.execution;
    GasSchedule prices = execution.gas;
    if (frame.isStatic) {
      frame.halt(Halt.WRITE_IN_STATIC_CALL);
      return;
    }
    U256 value = frame.operandWord(0);
    long offset = frame.operandSaturated(1);
    long length = frame.operandSaturated(2);
    if (prices.initCodeSizeIsLimited
        && length > execution.environment.limits().initCodeBytesMax()) {
      frame.halt(Halt.OUT_OF_GAS); // EIP-3860 says so
      return;
    }

    if (!frame.payExpansion(offset, length)
        || !frame.pay(Execution.words(length) * (prices.initCodeWord + hashWord))) {
      return;
    }

    byte[] initCode = frame.memoryRange(offset, length);
    frame.returnData = Frame.NO_BYTES;
    frame.drop(operands);
    Halt refusal = refusal(frame, value);
    if (refusal != Halt.NONE) {
      Address self = frame.self.address();
      answer(frame, self, execution.refuse(kind, frame, self, value, initCode, 0, refusal));
      return;
    }
    long given = prices.keepsSixtyFourth ? CallRules.allButOne64th(frame) : frame.gas;
    frame.gas -= given;
    Address address = addressFor.apply(initCode);
    execution.world.setNonce(frame.self, frame.self.nonce() + 1);
    Ended ended = execution.create(kind, frame.self.address(), address, value, initCode, given);
    if (ended != null) {
      answer(frame, address, ended);
    }
  }

  private static Halt refusal(Frame frame, U256 value) {
    if (frame.depth > Limits.DEPTH_MAX) {
      return Halt.CALL_TOO_DEEP;
    }
    if (frame.self.balance().compareTo(value) < 0) {
      return Halt.INSUFFICIENT_BALANCE;
    }
    return frame.self.nonce() == NONCE_MAX ? Halt.NONCE_OVERFLOW : Halt.NONE;
  }

  /** Keeps what the init code returned as the contract's code, or halts the frame. */
  static void deposit(Frame frame) {
    Execution execution = frame.execution;
    GasSchedule prices = execution.gas;
    byte[] code = frame.output;
    if (prices.codeSizeIsLimited && code.length > execution.environment.limits().codeBytesMax()) {
      frame.halt(Halt.CODE_TOO_LARGE);
      return;
    }
    if (prices.refusesEf && code.length > 0 && code[0] == RESERVED_PREFIX) {
      frame.halt(Halt.CODE_STARTS_WITH_EF);
      return;
    }

    long cost = (long) code.length * prices.codeByte;
    if (frame.gas < cost) {
      if (prices.createFailsWithoutDeposit) {
        frame.halt(Halt.OUT_OF_GAS);
      } else {
        frame.output = Frame.NO_BYTES; // Frontier keeps an account without code
      }
      return;
    }
    frame.pay(cost);

    if (code.length > 0) {
      execution.world.setCode(frame.self, Code.of(code));
    }
  }

  /** Gives a creation's end to the frame that asked for it. */
  static void answer(Frame creator, Address made, Ended ended) {
    creator.gas += ended.gasLeft();
    creator.returnData = ended.isSuccess() ? Frame.NO_BYTES : ended.output();
    creator.answer(0, ended.isSuccess() ? made.word() : U256.ZERO);
  }
}
