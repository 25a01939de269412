package io.mooring.contracts.simulation;

import io.mooring.evm.Address;
import io.mooring.evm.U256;
import io.mooring.evm.state.Code;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a simulation wants an account to be; what is null stays as it is.
 *
 * @param state all the storage there shall be
 * @param stateDiff the slots that shall differ
 * @param movePrecompileTo where the precompiled contract shall stand that is here
 */
public record AccountOverride(
    @Nullable Long nonce,
    @Nullable U256 balance,
    @Nullable Code code,
    @Nullable Map<U256, U256> state,
    @Nullable Map<U256, U256> stateDiff,
    @Nullable Address movePrecompileTo) {}
