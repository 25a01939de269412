package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import java.nio.charset.StandardCharsets;

/**
 * A caller's own name for one request, within a scope: tenant, method and path. Only its hash is
 * ever stored; its text opens the sealed answer.
 */
public final class IdempotencyKey {
  public static final int TEXT_CHARS_MAX = 255;

  private final String text;
  private final Hash hash;

  private IdempotencyKey(String text, Hash hash) {
    this.text = text;
    this.hash = hash;
  }

  public static IdempotencyKey of(String scope, String text) {
    if (text.isEmpty() || text.length() > TEXT_CHARS_MAX) {
      throw new IllegalArgumentException(
          "an idempotency key has 1 to " + TEXT_CHARS_MAX + " characters");
    }
    byte[] scopeHash = Hash.ofBytes(scope.getBytes(StandardCharsets.UTF_8)).bytes();
    return new IdempotencyKey(text, Hash.ofBytes(scopeHash, text.getBytes(StandardCharsets.UTF_8)));
  }

  public Hash hash() {
    return hash;
  }

  /**
   * What is kept of a request's body to know it again: a hash that only the key's text makes of it,
   * so that a body that was erased cannot be found out by guessing.
   */
  Hash blind(Hash body) {
    return Hash.ofBytes(secret(), body.bytes());
  }

  byte[] secret() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The hash only: the text would open the answer. */
  @Override
  public String toString() {
    return "IdempotencyKey[" + hash + "]";
  }
}
