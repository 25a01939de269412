package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import java.util.List;
import java.util.Optional;

/**
 * Derives what the process that committed did not come to, because it was frozen or gone right
 * after its answer: what capabilities derive, and the published head. May run beside that process,
 * and twice.
 */
public final class CatchUp {
  private static final int PAGE = 16;

  private final Stores stores;
  private final Watermarks watermarks;

  public CatchUp(Stores stores) {
    this.stores = stores;
    this.watermarks = new Watermarks(stores.items());
  }

  /** Derives to the last commit; returns its number. */
  public long catchUp(LedgerId ledger) {
    // The head is read before the tip, as everywhere: the other way round looks like a rollback.
    long published = stores.heads().last(ledger).map(PublishedHeads.Published::commit).orElse(0L);
    Optional<Commit> tip = stores.commits().tip(ledger);
    long last = tip.map(Commit::number).orElse(0L);
    stores.derivations().forEach(derivation -> derive(ledger, derivation, last));
    tip.filter(commit -> commit.number() > published)
        .ifPresent(commit -> stores.heads().publish(ledger, commit));
    return last;
  }

  private void derive(LedgerId ledger, Derivation derivation, long last) {
    for (long next = watermarks.read(ledger, derivation.name()) + 1; next <= last; ) {
      List<CarriedCommit> page = page(ledger, next, last);
      derivation.derive(ledger, page);
      next += page.size();
      watermarks.write(ledger, derivation.name(), next - 1);
    }
  }

  private List<CarriedCommit> page(LedgerId ledger, long from, long last) {
    Commits commits = stores.commits();
    List<CarriedCommit> page =
        commits.range(ledger, from, PAGE).stream()
            .filter(commit -> commit.number() <= last)
            .map(commit -> new CarriedCommit(commit, commits.body(ledger, commit)))
            .toList();
    if (page.isEmpty()) {
      throw new TamperedException("commit " + from + " of " + ledger.value() + " is gone");
    }
    return page;
  }
}
