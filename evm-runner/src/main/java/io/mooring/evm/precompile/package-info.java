/** The contracts at fixed low addresses, as pure functions with a price. */
@NullMarked
package io.mooring.evm.precompile;

import org.jspecify.annotations.NullMarked;
