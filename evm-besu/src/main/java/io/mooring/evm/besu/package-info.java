/** Besu's EVM behind Mooring's engine interface. */
@NullMarked
package io.mooring.evm.besu;

import org.jspecify.annotations.NullMarked;
