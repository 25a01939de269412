package io.mooring.contracts.simulation;

/** A call that cannot be run as it was asked for; the message is go-ethereum's. */
public final class CallRefused extends RuntimeException {
  private final Reason reason;
  private final String words;

  /** What is wrong with it. */
  public enum Reason {
    NONCE_TOO_LOW,
    NONCE_TOO_HIGH,
    FEES,
    INTRINSIC_GAS,
    INSUFFICIENT_FUNDS,
    BLOCK_GAS_EXCEEDED,
    BLOCK_NUMBERS,
    BLOCK_TIMES,
    INIT_CODE_TOO_LARGE,
    TOO_MANY_BLOCKS,
    /** Anything else about the transaction itself. */
    INVALID,
    /** The overrides contradict each other or the chain. */
    OVERRIDES,
    /** It took longer, or more memory, than a call may: ours, and no fault of the code. */
    INTERRUPTED
  }

  public CallRefused(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
    this.words = message;
  }

  /** The message, which is always there. */
  public String words() {
    return words;
  }

  public Reason reason() {
    return reason;
  }
}
