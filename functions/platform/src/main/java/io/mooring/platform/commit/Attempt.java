package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import java.util.Arrays;

/**
 * One write as its commit names it: whose it was, how many entries it has, what a repeat is, and
 * what it cost. One without entries only gives the ledger's escrow back.
 */
public record Attempt(AttemptId id, int entries, Key key, Cost cost) {
  /** One that cost nothing. */
  public Attempt(AttemptId id, int entries, Key key) {
    this(id, entries, key, Cost.NONE);
  }

  Attempt costing(Cost cost) {
    return new Attempt(id, entries, key, cost);
  }

  /** How a repetition is recognised, and what it is told. */
  public sealed interface Key {}

  /** The write had no idempotency key. */
  public record Unkeyed() implements Key {}

  /** The hashes of key and body, and the sealed answer, which may be empty. */
  public record Keyed(Hash key, Hash body, byte[] sealedAnswer) implements Key {
    public Keyed {
      sealedAnswer = sealedAnswer.clone();
    }

    @Override
    public byte[] sealedAnswer() {
      return sealedAnswer.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Keyed that
          && key.equals(that.key)
          && body.equals(that.body)
          && Arrays.equals(sealedAnswer, that.sealedAnswer);
    }

    @Override
    public int hashCode() {
      return key.hashCode();
    }
  }
}
