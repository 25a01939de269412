package io.mooring.contracts.chain;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.transaction.SignedTransaction;

/**
 * Told of what happens on a chain, on threads of the chain: whoever listens returns at once and
 * throws nothing.
 */
public interface ChainListener {
  /** Blocks come in their order, without a gap. */
  void committed(ChainBlock block);

  void pending(SignedTransaction transaction, Hash hash, Address sender);
}
