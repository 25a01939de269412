package io.mooring.contracts.rest;

import io.mooring.contracts.abi.Abi;
import io.mooring.contracts.simulation.CallRequest;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import org.jspecify.annotations.Nullable;

/**
 * What a REST caller wants done on a chain, before it has a nonce.
 *
 * @param to null where {@code input} makes a new contract
 * @param gas null where it is to be found out
 * @param recentBlock a block without which it is void; {@link
 *     io.mooring.contracts.chain.Sending#ANYWHERE} for none
 * @param abi in whose words a revert is told
 */
public record Order(
    Address sender,
    @Nullable Address to,
    byte[] input,
    U256 value,
    @Nullable Long gas,
    Hash recentBlock,
    Abi abi) {
  /** It pays no tip, and whatever the base fee is up to twice as much. */
  CallRequest request(U256 baseFee) {
    return new CallRequest(
        sender,
        to,
        gas,
        null,
        baseFee.plus(baseFee),
        U256.ZERO,
        value,
        null,
        input,
        null,
        null,
        null,
        null);
  }
}
