package io.mooring.contracts.chain;

import io.mooring.evm.Hash;
import java.util.Optional;

/**
 * A signed transaction on its way to a chain.
 *
 * @param envelope the transaction's one encoding, as it came
 * @param submitter the credential that sends it, as the block's entry will say
 * @param recentBlock a block without which the transaction is void; {@link #ANYWHERE} for none
 */
public record Sending(byte[] envelope, String submitter, Hash recentBlock) {
  public static final Hash ANYWHERE = Hash.ZERO;

  public static Sending of(byte[] envelope, String submitter) {
    return new Sending(envelope, submitter, ANYWHERE);
  }

  /** The block that the transaction is bound to, if to any (TaPoS). */
  public Optional<Hash> bound() {
    return recentBlock.equals(ANYWHERE) ? Optional.empty() : Optional.of(recentBlock);
  }
}
