package io.mooring.ledgers;

import io.mooring.ledger.Hash;
import io.mooring.ledgers.derived.Placed;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.Body;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.ErasableContent;
import io.mooring.platform.commit.Erased;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.TamperedException;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The contents of entries, wherever they are kept. What an entry of the log says was erased is not
 * told even while its bytes are still there; what is gone without such an entry is damage.
 */
public final class Contents {
  /** The type of the entry that says that another one's content was erased. */
  static final String ERASED = "mooring.erased";

  private final Commits commits;
  private final Blobs blobs;
  private final Table table;

  public Contents(Commits commits, Blobs blobs, Table table) {
    this.commits = commits;
    this.blobs = blobs;
    this.table = table;
  }

  public Told of(LedgerId ledger, Placed entry) {
    return of(ledger, entry.index(), entry.kept());
  }

  public Told of(LedgerId ledger, long index, KeptEntry kept) {
    return switch (kept.about()) {
      case KeptEntry.Here here -> new Told.Content(here.salt(), here.content());
      case KeptEntry.Blob blob -> new Told.Blob(blob.salt(), blob.sha256());
      case KeptEntry.Apart apart -> apart(ledger, index, kept, apart.sha256());
    };
  }

  private Told apart(LedgerId ledger, long index, KeptEntry kept, Hash sha256) {
    // The bytes first: an erasure that comes between the two reads is then seen by the second.
    Optional<byte[]> bytes = blobs.get(BlobName.content(ledger, sha256));
    Optional<Erasure> erasure = erasure(ledger, index, kept.leaf());
    if (erasure.isPresent()) {
      return new Told.Nothing(erasure.get());
    }
    ErasableContent content =
        ErasableContent.ofBytes(sha256, bytes.orElseThrow(() -> gone(ledger, index)));
    return new Told.Content(content.salt(), content.content());
  }

  /** The entry that says that this one's content was erased, if there is one. */
  public Optional<Erasure> erasure(LedgerId ledger, long index, Hash leaf) {
    Item item = table.get(Erased.key(ledger, index));
    return item.exists()
        ? Optional.of(erasure(ledger.tenant(), item, facts(ledger, index, leaf)))
        : Optional.empty();
  }

  private Erasure erasure(TenantId tenant, Item item, byte[] facts) {
    LedgerId home = new LedgerId(tenant, new String(item.body(), StandardCharsets.UTF_8));
    Commit commit = commits.read(home, item.version()).orElseThrow(() -> unfounded(item));
    Body body = commits.body(home, commit);
    for (int i = 0; i < body.entries().size(); i++) {
      if (says(body.entries().get(i), facts)) {
        return new Erasure(home, commit.start() + i);
      }
    }
    throw unfounded(item);
  }

  private static boolean says(KeptEntry entry, byte[] facts) {
    return entry.about() instanceof KeptEntry.Here here
        && Arrays.equals(here.content(), facts)
        && entry.entry().type().equals(ERASED);
  }

  /** What the entry says, byte for byte. */
  static byte[] facts(LedgerId ledger, long index, Hash leaf) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("ledger").string(ledger.value());
    json.name("index").number(index);
    json.name("leafHash").hash(leaf);
    return json.endObject().toBytes();
  }

  private static TamperedException unfounded(Item item) {
    return new TamperedException(
        "item " + item.key().sort() + ": commit " + item.version() + " does not say so");
  }

  private static TamperedException gone(LedgerId ledger, long index) {
    return new TamperedException(
        "the content of entry %d of %s is gone, and no entry says that it was erased"
            .formatted(index, ledger.value()));
  }
}
