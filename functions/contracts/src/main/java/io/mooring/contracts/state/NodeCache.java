package io.mooring.contracts.state;

import io.mooring.evm.Hash;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was read before, of all chains of a process: values up to a weight, and behind them the
 * pages that they came from. Thread-safe.
 */
public final class NodeCache {
  private static final int SEGMENTS = 16;

  /** What an entry weighs beside its value: key, map entry, array head. */
  private static final int OVERHEAD_BYTES = 160;

  /** Chains never share a value here, so that none learns from its timing what another has. */
  private record Owned(long owner, Hash hash) {}

  private final Segment[] segments = new Segment[SEGMENTS];
  private final PageFiles pages;

  public NodeCache(long bytesMax, PageFiles pages) {
    this.pages = pages;
    for (int i = 0; i < SEGMENTS; i++) {
      segments[i] = new Segment(bytesMax / SEGMENTS);
    }
  }

  PageFiles pages() {
    return pages;
  }

  Optional<byte[]> get(long owner, Hash hash) {
    return segment(hash).get(new Owned(owner, hash));
  }

  void put(long owner, Hash hash, byte[] value) {
    segment(hash).put(new Owned(owner, hash), value);
  }

  private Segment segment(Hash hash) {
    return segments[(int) hash.word().w0() & SEGMENTS - 1];
  }

  private static final class Segment {
    private final long bytesMax;
    private final Map<Owned, byte[]> values = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private Segment(long bytesMax) {
      this.bytesMax = bytesMax;
    }

    private synchronized Optional<byte[]> get(Owned key) {
      return Optional.ofNullable(values.get(key));
    }

    private synchronized void put(Owned key, byte[] value) {
      if (values.put(key, value) == null) {
        bytes += value.length + OVERHEAD_BYTES;
      }
      for (Iterator<byte[]> eldest = values.values().iterator(); bytes > bytesMax; ) {
        bytes -= eldest.next().length + OVERHEAD_BYTES;
        eldest.remove();
      }
    }
  }
}
