/** What a chain is to whoever reads it or sends to it: blocks, state, pool, logs. */
@NullMarked
package io.mooring.contracts.chain;

import org.jspecify.annotations.NullMarked;
