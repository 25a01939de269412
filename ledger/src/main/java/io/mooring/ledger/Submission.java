package io.mooring.ledger;

/**
 * How an entry came in: the key that submitted it ("" for none), the submitter's own clock in
 * milliseconds since 1970 (0 for not stated), and the hash of its idempotency key ({@link
 * Hash#ofNothing()} for none).
 */
public record Submission(String keyId, long clientTimeMillis, Hash idempotencyKeyHash) {
  public static final int KEY_ID_BYTES_MAX = 128;

  private static final Submission UNSTATED = new Submission("", 0, Hash.ofNothing());

  public Submission {
    Words.requireWithin("submitter key id", keyId, KEY_ID_BYTES_MAX);
    if (clientTimeMillis < 0) {
      throw new MalformedException("client time is not before 1970: " + clientTimeMillis);
    }
  }

  /** Nothing is said of who submitted the entry, or when. */
  public static Submission unstated() {
    return UNSTATED;
  }
}
