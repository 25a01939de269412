package io.mooring.evm.block;

import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.trie.MerkleTrie;
import java.util.List;

/**
 * The choices that make the first block of a chain.
 *
 * @param fork the rules in force from the first block on
 * @param stateRoot of the accounts that are there from the beginning
 * @param baseFee counts since London, the blob gas since Cancun
 */
public record Genesis(
    Fork fork,
    Hash parentHash,
    Address coinbase,
    Hash stateRoot,
    U256 difficulty,
    long gasLimit,
    long timestamp,
    byte[] extraData,
    Hash mixHash,
    long nonce,
    U256 baseFee,
    long blobGasUsed,
    long excessBlobGas) {
  /** A chain that starts under {@code fork}, with everything that nobody asks about at zero. */
  public static Genesis of(Fork fork, Hash stateRoot, long gasLimit, long timestamp) {
    return new Genesis(
        fork,
        Hash.ZERO,
        Address.ZERO,
        stateRoot,
        U256.ZERO,
        gasLimit,
        timestamp,
        new byte[0],
        Hash.ZERO,
        0,
        FeeMarket.INITIAL_BASE_FEE,
        0,
        0);
  }

  public Block block() {
    BlockHeader header =
        new BlockHeader(
            BlockHeader.Format.of(fork),
            parentHash,
            BlockHeader.NO_OMMERS,
            coinbase,
            stateRoot,
            MerkleTrie.EMPTY_ROOT,
            MerkleTrie.EMPTY_ROOT,
            Bloom.EMPTY,
            difficulty,
            0,
            gasLimit,
            0,
            timestamp,
            extraData,
            mixHash,
            nonce,
            baseFee,
            MerkleTrie.EMPTY_ROOT,
            blobGasUsed,
            excessBlobGas,
            Hash.ZERO,
            Requests.NONE.hash());
    return new Block(header, List.of(), List.of(), List.of());
  }
}
