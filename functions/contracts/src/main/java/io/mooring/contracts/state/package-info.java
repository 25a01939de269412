/** The state of a chain, derived from its blocks: trie nodes and code by their hashes. */
@NullMarked
package io.mooring.contracts.state;

import org.jspecify.annotations.NullMarked;
