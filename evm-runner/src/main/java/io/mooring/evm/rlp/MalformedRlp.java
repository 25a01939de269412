package io.mooring.evm.rlp;

/** Input that is not the one RLP encoding of what was expected. */
public final class MalformedRlp extends IllegalArgumentException {
  public MalformedRlp(String reason) {
    super(reason);
  }
}
