/** JSON-RPC over HTTP and WebSocket. */
@NullMarked
package io.mooring.contracts.rpc.http;

import org.jspecify.annotations.NullMarked;
