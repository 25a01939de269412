package io.mooring.contracts.build;

import io.mooring.contracts.pool.Pooled;
import io.mooring.evm.Address;
import io.mooring.evm.state.StateSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/**
 * Reads side by side whom the transactions of a block pay or call: of a large state each may be a
 * request or more, and one after the other they would take longer than all the rest of the block.
 * Who sends was read when the transaction came.
 */
final class ReadAhead {
  static final int SIDE_BY_SIDE = 32;

  private ReadAhead() {}

  static void read(StateSource state, List<Pooled> candidates, Executor threads) {
    List<Address> receivers =
        candidates.stream()
            .flatMap(pooled -> pooled.transaction().content().to().stream())
            .distinct()
            .toList();
    if (receivers.size() < 2) {
      return;
    }
    state.account(receivers.getFirst()); // the root, which they would all ask for at once
    IntStream.range(0, Math.min(SIDE_BY_SIDE, receivers.size()))
        .mapToObj(share -> CompletableFuture.runAsync(() -> read(state, receivers, share), threads))
        .toList()
        // What could not be read is read again by the block, which fails for that reason then.
        .forEach(reading -> reading.exceptionally(failed -> null).join());
  }

  private static void read(StateSource state, List<Address> receivers, int share) {
    for (int i = share; i < receivers.size(); i += SIDE_BY_SIDE) {
      state.account(receivers.get(i));
    }
  }
}
