package io.mooring.platform.commit;

import io.mooring.ledger.Growth;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.CommitStore.Proposal;
import io.mooring.platform.commit.CommitStore.Stored;

/** The next commit as we would have it. */
record Offer(LedgerId ledger, Batch batch, Commit commit, Growth growth, byte[] bytes) {
  /** Places a batch at the end of the chain as we know it. */
  static Offer of(LedgerId ledger, Batch batch, Chain chain, long timeMillis, Bill bill) {
    Growth growth = new Growth(chain.frontier(), batch.manifest().leaves());
    Commit commit =
        new Commit(
            chain.number() + 1,
            chain.frontier().size(),
            growth.after(),
            chain.hash(),
            timeMillis,
            chain.indexed(),
            batch.closing(),
            batch.carriage(),
            bill);
    return new Offer(ledger, batch, commit, growth, commit.toBytes());
  }

  Proposal proposal() {
    return new Proposal(ledger, commit.number(), bytes, batch.effects());
  }

  /** Whether what is stored is this offer: no other has its attempts. */
  boolean is(Stored stored) {
    return stored.number() == commit.number() && stored.sameBytes(bytes);
  }

  Landed landed() {
    return Landed.own(ledger, commit, batch.manifest(), growth);
  }
}
