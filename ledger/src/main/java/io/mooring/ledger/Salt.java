package io.mooring.ledger;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Sixteen random bytes that make a commitment unguessable. Kept with the payload and erased with
 * it: what stays in the log then says nothing about the payload, and every proof still holds.
 */
public final class Salt {
  public static final int BYTES = 16;

  private final byte[] value;

  private Salt(byte[] value) {
    this.value = value;
  }

  public static Salt of(byte[] value) {
    if (value.length != BYTES) {
      throw new MalformedException("a salt has " + BYTES + " bytes, not " + value.length);
    }
    return new Salt(value.clone());
  }

  /** Draws from a generator that nobody can predict, such as a {@code SecureRandom}. */
  public static Salt random(RandomGenerator random) {
    byte[] value = new byte[BYTES];
    random.nextBytes(value);
    return new Salt(value);
  }

  /** SHA-256 of the salt followed by the payload's hash. */
  public Hash commitTo(Hash payloadHash) {
    return Hash.ofBytes(value, payloadHash.bytes());
  }

  public byte[] bytes() {
    return value.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Salt that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** Says nothing: a salt in a log file would undo the erasure. */
  @Override
  public String toString() {
    return "Salt[…]";
  }
}
