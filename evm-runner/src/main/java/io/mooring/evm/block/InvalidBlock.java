package io.mooring.evm.block;

/** A block that breaks the rules of its chain; the message says which. */
public final class InvalidBlock extends IllegalArgumentException {
  public InvalidBlock(String reason) {
    super(reason);
  }
}
