package io.mooring.ledgers;

import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.Content;
import io.mooring.platform.problem.RefusedException;

/** The blobs that tenants have uploaded, each named by its content. */
public final class Uploads {
  private final Blobs blobs;

  public Uploads(Blobs blobs) {
    this.blobs = blobs;
  }

  /** Refuses to log a blob that is not there, or is not as long as was said. */
  void require(TenantId tenant, Content.Stored blob) {
    long length =
        blobs
            .length(BlobName.payload(tenant, blob.sha256()))
            .orElseThrow(
                () ->
                    new RefusedException(
                        LedgerRefusal.BLOB_NOT_FOUND,
                        "no blob " + blob.sha256() + " was uploaded"));
    if (length != blob.length()) {
      throw new RefusedException(
          LedgerRefusal.BLOB_DIFFERS, "the blob has " + length + " bytes, not " + blob.length());
    }
  }
}
