/** Deterministic CBOR (RFC 8949 section 4.2): one spelling for each value, and no other is read. */
@NullMarked
package io.mooring.ledger.cbor;

import org.jspecify.annotations.NullMarked;
