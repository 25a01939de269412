package io.mooring.evm.trace;

/** What a step carries besides where it is and what it costs. */
public record TraceOptions(boolean stack, boolean memory, boolean storage, boolean returnData) {
  /** What go-ethereum shows unless asked: the stack and the storage. */
  public static final TraceOptions USUAL = new TraceOptions(true, false, true, false);
}
