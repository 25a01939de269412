package io.mooring.ledgers;

import io.mooring.ledger.Hash;
import io.mooring.ledger.Salt;

/** What there is to tell of an entry's content. */
public sealed interface Told {
  /** The content itself, and the salt of the entry's commitment to it. */
  record Content(Salt salt, byte[] bytes) implements Told {}

  /** The content is a blob of the tenant. */
  record Blob(Salt salt, Hash sha256) implements Told {}

  /** Content and salt were erased; what the entry commits to is all that is known of them. */
  record Nothing(Erasure erasure) implements Told {}
}
