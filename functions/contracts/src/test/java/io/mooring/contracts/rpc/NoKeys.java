package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.HeldKeys;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.transaction.Transaction;
import io.mooring.platform.TenantId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/** A tenant who lets the platform hold no key. */
final class NoKeys implements HeldKeys {
  @Override
  public List<Address> addresses(TenantId tenant) {
    return List.of();
  }

  @Override
  public Signature sign(TenantId tenant, Address address, Hash digest) {
    throw new AssertionError("there is no key " + address);
  }

  @Override
  public CompletableFuture<Submission> send(
      Chain chain,
      Address sender,
      String submitter,
      Hash recentBlock,
      LongFunction<Transaction> withNonce) {
    throw new AssertionError("there is no key " + sender);
  }
}
