package io.mooring.contracts.chain;

import io.mooring.evm.Hash;
import io.mooring.evm.Log;

/** A log and where it stands; {@code logIndex} counts within the block. */
public record FoundLog(
    Log log,
    long blockNumber,
    Hash blockHash,
    long blockTimestamp,
    Hash transactionHash,
    int transactionIndex,
    int logIndex) {}
