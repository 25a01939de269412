package io.mooring.contracts.simulation;

import java.util.List;

/** A block as somebody wants it simulated: what differs, and what is called in it. */
public record BlockSketch(BlockOverrides block, StateOverrides state, List<CallRequest> calls) {
  public static final BlockSketch EMPTY =
      new BlockSketch(BlockOverrides.NONE, StateOverrides.NONE, List.of());

  public BlockSketch {
    calls = List.copyOf(calls);
  }

  BlockSketch at(long number, long time) {
    return new BlockSketch(block.at(number, time), state, calls);
  }
}
