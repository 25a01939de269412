/**
 * Merkle-Patricia tries: what a root commits to, how it changes, and proofs that hold against it.
 */
@NullMarked
package io.mooring.evm.trie;

import org.jspecify.annotations.NullMarked;
