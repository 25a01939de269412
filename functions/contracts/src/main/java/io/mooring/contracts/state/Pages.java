package io.mooring.contracts.state;

import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.TamperedException;
import java.util.Optional;

/** The pages of one chain's runs: from this machine's files, or else from the blob store. */
record Pages(Blobs blobs, PageFiles files, long owner) {
  byte[] get(long run, BlobName name, int part, int offset, int length) {
    PageFile.Place place = new PageFile.Place(owner, run, part, offset);
    Optional<byte[]> held = files.get(place);
    if (held.isPresent()) {
      return held.get();
    }
    byte[] page =
        blobs
            .get(name, offset, length)
            .orElseThrow(() -> new TamperedException("a part of a chain's state is gone: " + name));
    if (page.length != length) {
      throw new TamperedException("a part of a chain's state is cut short: " + name);
    }
    files.put(place, page, 0, length);
    return page;
  }

  /** Holds a page of a part that was stored from here. */
  void hold(long run, int part, byte[] content, int offset, int length) {
    files.put(new PageFile.Place(owner, run, part, offset), content, offset, length);
  }
}
