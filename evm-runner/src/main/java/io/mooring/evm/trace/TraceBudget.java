package io.mooring.evm.trace;

/**
 * How many bytes of JSON, roughly, the traces that share it may have together. What is beyond is
 * left out, so a trace counts only if the budget is not spent. Not thread-safe.
 */
public final class TraceBudget {
  private long left;

  public TraceBudget(long bytes) {
    this.left = bytes;
  }

  public static TraceBudget unbounded() {
    return new TraceBudget(Long.MAX_VALUE);
  }

  /** Whether something was left out. */
  public boolean isSpent() {
    return left < 0;
  }

  /** Whether there is still room after taking so much. */
  boolean take(long bytes) {
    if (left >= 0) {
      left -= bytes;
    }
    return left >= 0;
  }
}
