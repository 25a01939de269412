package io.mooring.evm;

import java.util.List;

/** What code can ask about the transaction it runs in. */
public record TransactionContext(Address origin, U256 gasPrice, List<Hash> blobHashes) {
  public TransactionContext {
    blobHashes = List.copyOf(blobHashes);
  }
}
