package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.BlobsUnavailableException;
import java.util.List;

/**
 * Stores the objects of a ledger, and makes sure that they can be read before a record names them.
 */
final class ObjectKeeper {
  static final int TRIES_MAX = 4;

  private final LedgerId ledger;
  private final Blobs blobs;
  private final BackOff backOff;

  ObjectKeeper(LedgerId ledger, Blobs blobs, BackOff backOff) {
    this.ledger = ledger;
    this.blobs = blobs;
    this.backOff = backOff;
  }

  /** Returns when the segment that the batch's record will name is there, or need not be. */
  void segment(Batch batch) {
    if (batch.carriage() instanceof Carriage.Segment segment) {
      keep(BlobName.segment(ledger, segment.sha256()), batch.segment().orElseThrow());
    }
  }

  /** Returns when the contents that a write's entries will name are there. */
  void contents(List<ErasableContent> contents) {
    for (ErasableContent content : contents) {
      keep(BlobName.content(ledger, content.sha256()), content.toBytes());
    }
  }

  private void keep(BlobName name, byte[] bytes) {
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
        throw new BlobsUnavailableException("object " + name + " cannot be read back");
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
