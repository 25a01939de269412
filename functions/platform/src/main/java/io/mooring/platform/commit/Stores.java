package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.table.DerivedItems;
import java.util.List;

/** Where commits, segments and what is derived from them are kept. */
public record Stores(
    CommitStore store, Blobs blobs, DerivedItems items, List<Derivation> derivations) {
  public Stores {
    derivations = List.copyOf(derivations);
  }

  public static Stores of(CommitStore store, Blobs blobs, DerivedItems items) {
    return new Stores(store, blobs, items, List.of());
  }

  public Commits commits() {
    return new Commits(store, blobs);
  }

  public PublishedHeads heads() {
    return new PublishedHeads(blobs);
  }

  KeyIndex index() {
    return new KeyIndex(items);
  }

  Deriver deriver(LedgerId ledger, Pace pace) {
    return new Deriver(
        ledger, pace, commits(), index(), heads(), new Watermarks(items), derivations);
  }
}
