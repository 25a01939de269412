package io.mooring.evm.precompile;

/** 0x04: gives its input back. */
final class Identity implements Precompile {
  private static final WordPrice PRICE = new WordPrice(15, 3);

  @Override
  public long gas(byte[] input) {
    return PRICE.of(input);
  }

  @Override
  public byte[] run(byte[] input) {
    return input.clone();
  }
}
