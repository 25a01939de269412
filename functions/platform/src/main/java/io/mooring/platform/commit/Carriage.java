package io.mooring.platform.commit;

import io.mooring.ledger.Hash;

/** Where a commit's body is: in the record itself, or in a segment in the blob store. */
public sealed interface Carriage {
  /** The encoded {@link Body}. */
  record Inline(byte[] body) implements Carriage {}

  /**
   * The segment that holds the encoded {@link Body}, and a copy of its encoded {@link Manifest}, so
   * that a rival need not read the segment; the copy is empty where it would make the record large.
   */
  record Segment(Hash sha256, long length, byte[] manifest) implements Carriage {}
}
