package io.mooring.contracts.chain;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.transaction.SignedTransaction;
import java.util.List;
import java.util.Optional;

/** The transactions that wait for a block, as this process knows them. Thread-safe. */
public interface PoolView {
  Optional<Waiting> find(Hash transaction);

  /** The nonce that a sender's next transaction should have: after the last executable one here. */
  long nextNonce(Address sender);

  /** All of a sender, by nonce. */
  List<Waiting> of(Address sender);

  /** All there are, by sender and nonce. */
  List<Waiting> all();

  /**
   * One that waits.
   *
   * @param executable whether it could be in the next block; otherwise a nonce before it is missing
   */
  record Waiting(SignedTransaction transaction, Hash hash, Address sender, boolean executable) {}
}
