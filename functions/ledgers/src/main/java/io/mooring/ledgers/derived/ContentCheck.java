package io.mooring.ledgers.derived;

import io.mooring.ledger.Hash;
import io.mooring.ledger.Payload;
import io.mooring.ledgers.Contents;
import io.mooring.ledgers.Erasure;
import io.mooring.ledgers.Uploads;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.ErasableContent;
import io.mooring.platform.commit.KeptEntry;
import java.util.Optional;

/**
 * Whether what is kept of an entry's content is what the entry commits to, and whether what is not
 * kept was erased.
 */
final class ContentCheck {
  private final LedgerId ledger;
  private final Blobs blobs;
  private final Contents contents;

  ContentCheck(LedgerId ledger, Blobs blobs, Contents contents) {
    this.ledger = ledger;
    this.blobs = blobs;
    this.contents = contents;
  }

  /** What is wrong with an entry's content, if anything is. */
  Optional<String> check(long index, KeptEntry kept) {
    Payload payload = kept.entry().payload();
    return switch (kept.about()) {
      case KeptEntry.Here here ->
          payload.matches(here.salt(), here.content())
              ? Optional.empty()
              : Optional.of("it is not what the entry commits to");
      case KeptEntry.Blob blob -> blob(blob, payload);
      case KeptEntry.Apart(Hash sha256) -> apart(index, kept, sha256, payload);
    };
  }

  private Optional<String> blob(KeptEntry.Blob blob, Payload payload) {
    if (!blob.salt().commitTo(blob.sha256()).equals(payload.hash())) {
      return Optional.of("its hash is not what the entry commits to");
    }
    BlobName name = BlobName.payload(ledger.tenant(), blob.sha256());
    Optional<Long> length = blobs.length(name);
    if (length.isEmpty()) {
      return Optional.of("the blob " + blob.sha256() + " is gone");
    }
    boolean same =
        length.get() == payload.length()
            && (length.get() > Uploads.HASHED_BYTES_MAX
                || blobs
                    .get(name)
                    .filter(bytes -> Hash.ofBytes(bytes).equals(blob.sha256()))
                    .isPresent());
    return same ? Optional.empty() : Optional.of("the blob " + blob.sha256() + " has other bytes");
  }

  private Optional<String> apart(long index, KeptEntry kept, Hash sha256, Payload payload) {
    BlobName name = BlobName.content(ledger, sha256);
    Optional<byte[]> bytes = blobs.get(name);
    Optional<Erasure> erasure = contents.erasure(ledger, index, kept.leaf());
    if (erasure.isPresent()) {
      return blobs.length(name).isEmpty()
          ? Optional.empty()
          : Optional.of(
              "it is still there, though entry %d of %s says that it was erased; erase it again"
                  .formatted(erasure.get().index(), erasure.get().ledger().value()));
    }
    if (bytes.isEmpty()) {
      return Optional.of("it is gone, and no entry says that it was erased");
    }
    return ErasableContent.ofBytes(sha256, bytes.get()).isOf(payload)
        ? Optional.empty()
        : Optional.of("it is not what the entry commits to");
  }
}
