package io.mooring.ledgers.derived;

import io.mooring.ledger.Hash;
import io.mooring.ledger.Payload;
import io.mooring.ledgers.Uploads;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.KeptEntry;
import java.util.Optional;

/** Whether what is kept beside an entry is what the entry commits to. */
final class Contents {
  private Contents() {}

  /** What is wrong with an entry's content, if anything is. */
  static Optional<String> check(TenantId tenant, KeptEntry kept, Blobs blobs) {
    Payload payload = kept.entry().payload();
    return switch (kept.kind()) {
      case HERE ->
          payload.matches(kept.salt(), kept.content())
              ? Optional.empty()
              : Optional.of("it is not what the entry commits to");
      case ELSEWHERE -> blob(tenant, kept, payload, blobs);
    };
  }

  private static Optional<String> blob(
      TenantId tenant, KeptEntry kept, Payload payload, Blobs blobs) {
    Hash sha256 = Hash.of(kept.content());
    if (!kept.salt().commitTo(sha256).equals(payload.hash())) {
      return Optional.of("its hash is not what the entry commits to");
    }
    BlobName name = BlobName.payload(tenant, sha256);
    Optional<Long> length = blobs.length(name);
    if (length.isEmpty()) {
      return Optional.of("the blob " + sha256 + " is gone");
    }
    boolean same =
        length.get() == payload.length()
            && (length.get() > Uploads.HASHED_BYTES_MAX
                || blobs.get(name).filter(bytes -> Hash.ofBytes(bytes).equals(sha256)).isPresent());
    return same ? Optional.empty() : Optional.of("the blob " + sha256 + " has other bytes");
  }
}
