/**
 * What is derived from a ledger's commits: tiles, and where an entry stands by index, time and
 * subject. All of it can be deleted and comes back byte for byte.
 */
@NullMarked
package io.mooring.ledgers.derived;

import org.jspecify.annotations.NullMarked;
