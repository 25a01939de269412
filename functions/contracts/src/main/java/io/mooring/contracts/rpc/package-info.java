/** Ethereum's JSON-RPC over a chain: requests in, answers out, whatever carries them. */
@NullMarked
package io.mooring.contracts.rpc;

import org.jspecify.annotations.NullMarked;
