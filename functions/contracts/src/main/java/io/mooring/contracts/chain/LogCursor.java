package io.mooring.contracts.chain;

/** Where a search of logs goes on: with the log of that index in that block. */
public record LogCursor(long block, int log) {
  /** From the filter's own beginning. */
  public static final LogCursor START = new LogCursor(0, 0);
}
