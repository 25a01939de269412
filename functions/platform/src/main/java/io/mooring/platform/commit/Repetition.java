package io.mooring.platform.commit;

import io.mooring.ledger.Hash;

/** What is to happen when the same request comes again. */
public sealed interface Repetition {
  /** It is another write. */
  record Free() implements Repetition {}

  /**
   * It is the same write: whoever comes second gets the first one's receipt, and {@code answer}
   * with it, which may be empty. The answer is kept sealed under the key's text, which is not
   * stored. A second request whose body hashes otherwise is refused.
   */
  record Keyed(IdempotencyKey key, Hash body, byte[] answer) implements Repetition {
    /** Answers are small: a status and a short body. */
    public static final int ANSWER_BYTES_MAX = 4 * 1024;

    public Keyed {
      if (answer.length > ANSWER_BYTES_MAX) {
        throw new IllegalArgumentException(
            "a kept answer has at most " + ANSWER_BYTES_MAX + " bytes");
      }
      answer = answer.clone();
    }

    @Override
    public byte[] answer() {
      return answer.clone();
    }
  }
}
