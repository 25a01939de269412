package io.mooring.evm.precompile;

import org.bouncycastle.crypto.digests.RIPEMD160Digest;

/** 0x03: RIPEMD-160, left-padded to a word. */
final class Ripemd160 implements Precompile {
  private static final WordPrice PRICE = new WordPrice(600, 120);
  private static final int PADDING = 12;

  @Override
  public long gas(byte[] input) {
    return PRICE.of(input);
  }

  @Override
  public byte[] run(byte[] input) {
    RIPEMD160Digest digest = new RIPEMD160Digest();
    digest.update(input, 0, input.length);
    byte[] word = new byte[32];
    digest.doFinal(word, PADDING);
    return word;
  }
}
