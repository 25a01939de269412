package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import java.util.HexFormat;

/**
 * Where work on a large ledger goes on that is done in parts, kept for a day under its hash, so
 * that nobody can bend it between two of them.
 */
public final class Bookmarks {
  private final Blobs blobs;

  public Bookmarks(Blobs blobs) {
    this.blobs = blobs;
  }

  /** Gives the name under which it is found again. */
  public String keep(LedgerId ledger, byte[] place) {
    Hash sha256 = Hash.ofBytes(place);
    blobs.create(BlobName.scrub(ledger, sha256), place);
    return sha256.toString();
  }

  /**
   * @throws RefusedException if nothing is kept under that name any more
   */
  public byte[] find(LedgerId ledger, String name) {
    return blobs
        .get(BlobName.scrub(ledger, Hash.of(HexFormat.of().parseHex(name))))
        .orElseThrow(
            () ->
                new RefusedException(
                    PlatformRefusal.CURSOR_INVALID,
                    "where this goes on is kept for a day; begin it again"));
  }
}
