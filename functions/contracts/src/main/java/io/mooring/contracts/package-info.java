/** Chains: ledgers whose entries are blocks of Ethereum transactions. */
@NullMarked
package io.mooring.contracts;

import org.jspecify.annotations.NullMarked;
