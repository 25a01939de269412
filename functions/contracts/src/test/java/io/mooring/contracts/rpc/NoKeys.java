package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.HeldKeys;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.platform.TenantId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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
  public Hash newRequest() {
    throw new AssertionError("there is no key that could sign a request");
  }

  @Override
  public SignedTransaction sign(
      TenantId tenant, Address address, Transaction content, Hash request) {
    throw new AssertionError("there is no key " + address);
  }

  @Override
  public CompletableFuture<Submission> send(Chain chain, Wanted wanted) {
    throw new AssertionError("there is no key " + wanted.sender());
  }
}
