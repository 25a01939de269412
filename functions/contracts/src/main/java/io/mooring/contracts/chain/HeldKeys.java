package io.mooring.contracts.chain;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.transaction.SignedTransaction;
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

  /** A name for a request that has none of its own: no other request has it. */
  Hash newRequest();

  /**
   * Signs a transaction for a request: it is the same bytes for the same request only.
   *
   * @throws io.mooring.platform.problem.RefusedException if the tenant has no such key
   */
  SignedTransaction sign(TenantId tenant, Address address, Transaction content, Hash request);

  /**
   * Gives a transaction the sender's next nonce on the chain, signs it and submits it, again with
   * another nonce where another transaction of the sender's is in a block with this one; ends when
   * it is in a block itself, is refused, or has waited for as long as a request may.
   */
  CompletableFuture<Submission> send(Chain chain, Wanted wanted);

  /**
   * What is to be sent.
   *
   * @param recentBlock a block without which it is void; {@link Sending#ANYWHERE} for none
   * @param request whose transaction it is: another one's is never the same bytes
   * @param withNonce asked again whenever there has to be another nonce
   */
  record Wanted(
      Address sender,
      String submitter,
      Hash recentBlock,
      Hash request,
      LongFunction<Transaction> withNonce) {}
}
