package io.mooring.platform.commit;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Names one attempt to commit one write, so that its author can find out whether it landed. */
public final class AttemptId {
  public static final int BYTES = 16;

  private final byte[] value;

  private AttemptId(byte[] value) {
    this.value = value;
  }

  public static AttemptId random(RandomGenerator random) {
    byte[] value = new byte[BYTES];
    random.nextBytes(value);
    return new AttemptId(value);
  }

  public static AttemptId of(byte[] value) {
    if (value.length != BYTES) {
      throw new IllegalArgumentException("an attempt id has " + BYTES + " bytes");
    }
    return new AttemptId(value.clone());
  }

  /** Reads what {@link #toString} writes. */
  public static AttemptId parse(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  public byte[] bytes() {
    return value.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AttemptId that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(value);
  }
}
