package io.mooring.contracts.rest;

import io.mooring.contracts.ContractRefusal;
import io.mooring.contracts.SealedKeys;
import io.mooring.evm.Address;
import io.mooring.ledger.Hash;
import io.mooring.ledgers.UncommittedException;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.problem.RefusedException;
import java.util.List;

/** Who sends what a tenant wants sent: a key that the platform holds for it. */
public final class Senders {
  private static final byte[] NO_ANSWER = {};

  private final SealedKeys keys;
  private final Committer committer;

  public Senders(SealedKeys keys, Committer committer) {
    this.keys = keys;
    this.committer = committer;
  }

  /** The tenant's first key; who has none yet is made one. */
  public Address first(Caller caller) {
    List<Address> held = keys.addresses(caller.tenant());
    if (!held.isEmpty()) {
      return held.getFirst();
    }
    // Two requests at once make one key between them.
    IdempotencyKey once = IdempotencyKey.of(caller.tenant() + " first held key", "first");
    UncommittedException.receipt(
        committer.commit(
            keys.make(caller.tenant(), caller.subject())
                .write()
                .once(once, Hash.ofNothing(), NO_ANSWER)));
    return keys.addresses(caller.tenant()).getFirst();
  }

  /** The tenant's key of that address. */
  public Address held(Caller caller, Address address) {
    if (!keys.addresses(caller.tenant()).contains(address)) {
      throw new RefusedException(
          ContractRefusal.HELD_KEY_NOT_FOUND, "no key of address " + address + " is held");
    }
    return address;
  }
}
