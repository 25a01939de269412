package io.mooring.ledgers;

import io.mooring.ledger.Hash;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.Content;
import io.mooring.platform.problem.RefusedException;
import java.net.URI;
import java.time.Duration;

/** The blobs that tenants upload beside their entries, each named by its content. */
public final class Uploads {
  /**
   * Up to this length a blob is read and hashed before an entry names it; a longer one was hashed
   * by the store itself, which takes no other bytes than those that were announced.
   */
  public static final long HASHED_BYTES_MAX = 16L * 1024 * 1024;

  private static final Duration VALID = Duration.ofSeconds(LedgerLimit.BLOB_UPLOAD_SECONDS.value());

  private final Blobs blobs;
  private final Addresses addresses;

  public Uploads(Blobs blobs, Addresses addresses) {
    this.blobs = blobs;
    this.addresses = addresses;
  }

  public Addresses.Upload announce(TenantId tenant, Hash sha256, long length) {
    return addresses.upload(BlobName.payload(tenant, sha256), sha256, length, VALID);
  }

  public URI download(TenantId tenant, Hash sha256) {
    BlobName name = BlobName.payload(tenant, sha256);
    if (blobs.length(name).isEmpty()) {
      throw notFound(sha256);
    }
    return addresses.download(name, VALID);
  }

  /** Refuses to log a blob that is not there, or is not what its name says. */
  void require(TenantId tenant, Content.Stored blob) {
    BlobName name = BlobName.payload(tenant, blob.sha256());
    long length = blobs.length(name).orElseThrow(() -> notFound(blob.sha256()));
    boolean same =
        length == blob.length()
            && (length > HASHED_BYTES_MAX
                || blobs
                    .get(name)
                    .filter(bytes -> Hash.ofBytes(bytes).equals(blob.sha256()))
                    .isPresent());
    if (!same) {
      throw new RefusedException(
          LedgerRefusal.BLOB_DIFFERS, "what is there under that name has other bytes");
    }
  }

  private static RefusedException notFound(Hash sha256) {
    return new RefusedException(
        LedgerRefusal.BLOB_NOT_FOUND, "no blob " + sha256 + " was uploaded");
  }
}
