package io.mooring.contracts.chain;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.transaction.Transaction;
import io.mooring.platform.TenantId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/** Keys that the platform holds for tenants who want to hold none. Thread-safe. */
public interface HeldKeys {
  /** The addresses of a tenant's keys, in the order of their making. */
  List<Address> addresses(TenantId tenant);

  /**
   * @throws io.mooring.platform.problem.RefusedException if the tenant has no such key
   */
  Signature sign(TenantId tenant, Address address, Hash digest);

  /**
   * Gives a transaction the sender's next nonce on the chain, signs it and submits it; two at once
   * get two nonces, and a nonce whose transaction was not taken is used again.
   *
   * @param recentBlock a block without which it is void; {@link Sending#ANYWHERE} for none
   */
  CompletableFuture<Submission> send(
      Chain chain,
      Address sender,
      String submitter,
      Hash recentBlock,
      LongFunction<Transaction> withNonce);
}
