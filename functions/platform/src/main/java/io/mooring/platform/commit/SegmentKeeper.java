package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.BlobsUnavailableException;

/** Stores segments, and makes sure that they can be read before any record names them. */
final class SegmentKeeper {
  static final int TRIES_MAX = 4;

  private final LedgerId ledger;
  private final Blobs blobs;
  private final BackOff backOff;

  SegmentKeeper(LedgerId ledger, Blobs blobs, BackOff backOff) {
    this.ledger = ledger;
    this.blobs = blobs;
    this.backOff = backOff;
  }

  /** Returns when what the batch's record will name is there, or need not be. */
  void keep(Batch batch) {
    if (!(batch.carriage() instanceof Carriage.Segment segment)) {
      return;
    }
    byte[] bytes = batch.segment().orElseThrow();
    BlobName name = BlobName.segment(ledger, segment.sha256());
    for (int tries = 1; !isKept(name, bytes, tries); tries++) {
      backOff.pause(tries);
    }
  }

  private boolean isKept(BlobName name, byte[] bytes, int tries) {
    try {
      blobs.create(name, bytes);
      if (blobs.length(name).filter(length -> length == bytes.length).isPresent()) {
        return true;
      }
      if (tries == TRIES_MAX) {
        throw new BlobsUnavailableException("segment " + name + " cannot be read back");
      }
      return false;
    } catch (BlobsUnavailableException e) {
      if (tries == TRIES_MAX) {
        throw e;
      }
      return false;
    }
  }
}
