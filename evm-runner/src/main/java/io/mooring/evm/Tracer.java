package io.mooring.evm;

/**
 * Watches an execution; with {@link #NONE} the engine runs its fast path and calls nothing.
 *
 * <p>What an instruction cost is the gas of its step less the gas given with the next event of the
 * same frame: its next step, the entry of a frame it called, or the frame's end.
 */
public interface Tracer {
  Tracer NONE = new Tracer() {};

  /** Before an instruction runs and before it is paid for; {@code step} is valid only inside. */
  default void step(Step step) {}

  /** A frame begins; {@code callerGas} is what its caller keeps meanwhile. */
  default void enter(Frame frame, long callerGas) {}

  /** The innermost frame ended, precompiles and refused calls included. */
  default void exit(byte[] output, long gasUsed, Halt halt, boolean reverted) {}

  /** SELFDESTRUCT moves a balance without a frame. */
  default void selfDestruct(Address contract, Address beneficiary, U256 balance) {}

  /** What kind of frame was entered. */
  enum FrameKind {
    CALL,
    CALLCODE,
    DELEGATECALL,
    STATICCALL,
    CREATE,
    CREATE2
  }

  /**
   * A frame as its first instruction finds it.
   *
   * @param to whose storage it works on
   * @param code whose code it runs
   * @param depth 1 for the top-level message
   */
  record Frame(
      FrameKind kind,
      int depth,
      Address caller,
      Address to,
      Address code,
      U256 value,
      byte[] input,
      long gas) {}

  /** The machine as it stands before one instruction. */
  interface Step {
    int pc();

    int opcode();

    long gas();

    /** 1 in the top-level message. */
    int depth();

    long refund();

    /** The account whose storage this frame works on. */
    Address address();

    int stackSize();

    /** An item of the stack, 0 being the top. */
    U256 stack(int fromTop);

    int memoryBytes();

    /** A copy; beyond the memory's end there are zeros. */
    byte[] memory(int offset, int length);

    byte[] returnData();
  }
}
