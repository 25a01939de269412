package io.mooring.evm.witness;

import java.util.List;

/**
 * All that the execution of a block read: nodes of the state's tries, codes, and the headers before
 * it, the parent's first.
 */
public record Witness(List<byte[]> state, List<byte[]> codes, List<byte[]> headers) {
  public Witness {
    state = List.copyOf(state);
    codes = List.copyOf(codes);
    headers = List.copyOf(headers);
  }

  public long bytes() {
    return size(state) + size(codes) + size(headers);
  }

  private static long size(List<byte[]> items) {
    return items.stream().mapToLong(item -> item.length).sum();
  }
}
