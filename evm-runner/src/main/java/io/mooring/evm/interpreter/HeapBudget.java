package io.mooring.evm.interpreter;

/** What one execution may hold in memory, and what it holds. */
final class HeapBudget {
  private long left;

  HeapBudget(long bytes) {
    this.left = bytes;
  }

  /** False where that is more than is left; nothing is taken then. */
  boolean take(long bytes) {
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }

  void giveBack(long bytes) {
    left += bytes;
  }
}
