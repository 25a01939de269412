package io.mooring.ledgers.derived;

import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.Body;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.KeptEntry;
import java.util.Optional;

/** Packs and commits as this process last read them; none of it ever changes once it is there. */
final class PackCache {
  /** What a pack's path begins with; its number follows. */
  static final String FOLDER = "pack/";

  static final long PACKS_MAX = 64;
  static final long COMMITS_MAX = 4096;
  static final long BODY_BYTES_MAX = 64L * 1024 * 1024;

  /** What an entry takes beside its bytes, roughly. */
  private static final long ENTRY_BYTES = 200;

  private final Commits commits;
  private final Blobs blobs;
  private final Recent<Place, Pack> packs = new Recent<>(PACKS_MAX, pack -> 1);
  private final Recent<Place, Commit> records = new Recent<>(COMMITS_MAX, commit -> 1);
  private final Recent<Place, Body> bodies = new Recent<>(BODY_BYTES_MAX, PackCache::bytes);

  PackCache(Commits commits, Blobs blobs) {
    this.commits = commits;
    this.blobs = blobs;
  }

  Optional<Pack> pack(LedgerId ledger, long number) {
    return packs.get(
        new Place(ledger, number), () -> blobs.get(name(ledger, number)).map(Pack::ofBytes));
  }

  void keep(LedgerId ledger, Pack pack) {
    blobs.create(name(ledger, pack.number()), pack.toBytes());
    packs.put(new Place(ledger, pack.number()), pack);
  }

  void forget(LedgerId ledger, long number) {
    blobs.delete(name(ledger, number));
    packs.forget(new Place(ledger, number));
  }

  /** Forgets what was read, but nothing that is stored. */
  void forgetAll() {
    packs.clear();
    records.clear();
    bodies.clear();
  }

  Optional<Commit> commit(LedgerId ledger, long number) {
    return records.get(new Place(ledger, number), () -> commits.read(ledger, number));
  }

  Body body(LedgerId ledger, Commit commit) {
    Place place = new Place(ledger, commit.number());
    return bodies.get(place, () -> Optional.of(commits.body(ledger, commit))).orElseThrow();
  }

  private static long bytes(Body body) {
    return body.entries().stream()
        .mapToLong(entry -> entry.envelope().length + beside(entry) + ENTRY_BYTES)
        .sum();
  }

  private static int beside(KeptEntry entry) {
    return entry.about() instanceof KeptEntry.Here here ? here.content().length : 0;
  }

  static BlobName name(LedgerId ledger, long number) {
    return BlobName.log(ledger, FOLDER + "%019d".formatted(number));
  }

  private record Place(LedgerId ledger, long number) {}
}
