package io.mooring.contracts.simulation;

import io.mooring.evm.Limits;
import io.mooring.evm.transaction.TransactionRules;

/** What one simulation may use at most. */
public record CallLimits(long gasMax, long millisMax, long heapBytesMax) {
  /** The same rules with these bounds on time and memory. */
  public TransactionRules bound(TransactionRules rules) {
    Limits limits = rules.limits().withWallMillisMax(millisMax).withHeapBytesMax(heapBytesMax);
    return new TransactionRules(rules.fork(), rules.chainId(), rules.blobs(), limits);
  }
}
