package io.mooring.evm;

/**
 * What bounds an execution besides its gas.
 *
 * <p>Passing {@code wallMillisMax} or {@code heapBytesMax} is the operator's fault, not the
 * sender's: it interrupts the execution, which then charges nothing and changes nothing. The code
 * sizes are rules of the chain, in force since Spurious Dragon and Shanghai.
 */
public record Limits(
    long wallMillisMax, long heapBytesMax, int codeBytesMax, int initCodeBytesMax) {
  public static final int DEPTH_MAX = 1024;

  private static final int EIP_170_CODE_BYTES = 24_576;
  private static final int EIP_3860_INIT_CODE_BYTES = 2 * EIP_170_CODE_BYTES;

  /** The chain's own rules, with a minute and 512 MiB for any one execution. */
  public static final Limits STANDARD =
      new Limits(60_000, 512L << 20, EIP_170_CODE_BYTES, EIP_3860_INIT_CODE_BYTES);

  public Limits {
    if (wallMillisMax < 1 || heapBytesMax < 1 || codeBytesMax < 1 || initCodeBytesMax < 1) {
      throw new IllegalArgumentException("a limit must be positive");
    }
  }

  public Limits withWallMillisMax(long millis) {
    return new Limits(millis, heapBytesMax, codeBytesMax, initCodeBytesMax);
  }

  public Limits withHeapBytesMax(long bytes) {
    return new Limits(wallMillisMax, bytes, codeBytesMax, initCodeBytesMax);
  }
}
