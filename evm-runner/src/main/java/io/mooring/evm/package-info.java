/**
 * Ethereum execution: bytecode and state in, one outcome out.
 *
 * <p>Nothing here knows a tenant, a store or HTTP; whoever embeds it supplies the state.
 */
@NullMarked
package io.mooring.evm;

import org.jspecify.annotations.NullMarked;
