package io.mooring.evm;

/**
 * The block a message runs in; {@code number}, {@code timestamp}, {@code gasLimit} and {@code
 * chainId} are unsigned.
 *
 * @param difficulty what opcode 0x44 answers: the difficulty before Paris, prevRandao since
 */
public record BlockContext(
    long number,
    long timestamp,
    long gasLimit,
    Address coinbase,
    U256 difficulty,
    U256 baseFee,
    U256 blobBaseFee,
    long chainId,
    BlockHashes hashes) {

  /** The hashes of the blocks before this one. */
  @FunctionalInterface
  public interface BlockHashes {
    BlockHashes NONE = number -> Hash.ZERO;

    /** The hash of one of the 256 blocks before; the engine asks for no other. */
    Hash hash(long number);
  }
}
