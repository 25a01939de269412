package io.mooring.evm.precompile;

/** A price that grows with the input's length in 32-byte words (Yellow Paper, appendix E). */
record WordPrice(long once, long perWord) {
  long of(byte[] input) {
    return once + perWord * ((input.length + 31L) / 32);
  }
}
