package io.mooring.evm.besu;

import io.mooring.evm.Halt;
import org.hyperledger.besu.evm.frame.ExceptionalHaltReason;
import org.hyperledger.besu.evm.frame.ExceptionalHaltReason.DefaultExceptionalHaltReason;

/** Besu's reasons to halt as ours; some of Besu's say less, so a few of ours never come from it. */
final class Halts {
  private Halts() {}

  static Halt of(ExceptionalHaltReason reason) {
    return switch (DefaultExceptionalHaltReason.valueOf(reason.name())) {
      case NONE -> Halt.NONE;
      case INSUFFICIENT_GAS -> Halt.OUT_OF_GAS;
      case INSUFFICIENT_STACK_ITEMS -> Halt.STACK_UNDERFLOW;
      case TOO_MANY_STACK_ITEMS -> Halt.STACK_OVERFLOW;
      case INVALID_JUMP_DESTINATION -> Halt.INVALID_JUMP;
      case INVALID_OPERATION, ADDRESS_OUT_OF_RANGE -> Halt.INVALID_OPCODE;
      case INVALID_RETURN_DATA_BUFFER_ACCESS, OUT_OF_BOUNDS -> Halt.RETURN_DATA_OUT_OF_BOUNDS;
      case ILLEGAL_STATE_CHANGE -> Halt.WRITE_IN_STATIC_CALL;
      case CODE_TOO_LARGE -> Halt.CODE_TOO_LARGE;
      case INVALID_CODE -> Halt.CODE_STARTS_WITH_EF;
      case PRECOMPILE_ERROR -> Halt.PRECOMPILE_FAILED;
    };
  }
}
