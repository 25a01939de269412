package io.mooring.evm.trace;

import io.mooring.evm.Halt;

/** Go-ethereum's words for how a frame failed, which tools compare with. */
public final class Errors {
  public static final String REVERTED = "execution reverted";

  private Errors() {}

  /** Empty where the frame did not fail. */
  public static String of(Halt halt, boolean reverted) {
    return switch (halt) {
      case NONE -> reverted ? REVERTED : "";
      case OUT_OF_GAS -> "out of gas";
      case STACK_UNDERFLOW -> "stack underflow";
      case STACK_OVERFLOW -> "stack limit reached";
      case INVALID_OPCODE -> "invalid opcode";
      case INVALID_JUMP -> "invalid jump destination";
      case WRITE_IN_STATIC_CALL -> "write protection";
      case RETURN_DATA_OUT_OF_BOUNDS -> "return data out of bounds";
      case PRECOMPILE_FAILED -> "precompile failed";
      case INSUFFICIENT_BALANCE -> "insufficient balance for transfer";
      case ADDRESS_COLLISION -> "contract address collision";
      case CODE_TOO_LARGE -> "max code size exceeded";
      case CODE_STARTS_WITH_EF -> "invalid code: must not begin with 0xef";
      case CALL_TOO_DEEP -> "max call depth exceeded";
      case NONCE_OVERFLOW -> "nonce uint64 overflow";
      case DEADLINE_PASSED -> "execution timeout";
      case HEAP_EXHAUSTED -> "out of memory";
    };
  }
}
