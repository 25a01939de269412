package io.mooring.evm;

/** Why an execution stopped before its code said so. */
public enum Halt {
  NONE,
  OUT_OF_GAS,
  STACK_UNDERFLOW,
  STACK_OVERFLOW,
  INVALID_OPCODE,
  INVALID_JUMP,
  WRITE_IN_STATIC_CALL,
  RETURN_DATA_OUT_OF_BOUNDS,
  PRECOMPILE_FAILED,
  INSUFFICIENT_BALANCE,
  ADDRESS_COLLISION,
  CODE_TOO_LARGE,
  CODE_STARTS_WITH_EF,
  CALL_TOO_DEEP,
  NONCE_OVERFLOW,
  /** Ours: the wall clock ran out. */
  DEADLINE_PASSED,
  /** Ours: the memory this execution may hold ran out. */
  HEAP_EXHAUSTED;

  /** Whether the operator, not the sender, is why it stopped. */
  public boolean isOurs() {
    return this == DEADLINE_PASSED || this == HEAP_EXHAUSTED;
  }
}
