package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.KeyIndex.Indexable;
import io.mooring.platform.table.DerivedItems;
import java.time.InstantSource;
import java.util.List;

/**
 * Makes the index of idempotency keys again from commits that are at hand. Each of its items is
 * derived from one commit alone, so the ledger may be written to meanwhile.
 */
public final class KeyRebuild {
  private final KeyIndex index;
  private final InstantSource clock;

  public KeyRebuild(DerivedItems items, InstantSource clock) {
    this.index = new KeyIndex(items);
    this.clock = clock;
  }

  public void take(LedgerId ledger, List<CarriedCommit> commits) {
    index.write(ledger, commits.stream().map(Indexable::of).toList(), clock.millis());
  }
}
