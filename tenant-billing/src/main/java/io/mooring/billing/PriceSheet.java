package io.mooring.billing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One price list as it was published: the very bytes, what they say, and what comes with the plan.
 * Its version is its name and the beginning of the SHA-256 of its bytes, so whoever has a charge
 * and a sheet knows whether they belong together.
 *
 * @param included what the plan gives each month, by asset
 */
public record PriceSheet(
    PriceList list,
    FreeQuota free,
    Map<Asset, Long> included,
    List<Example> examples,
    byte[] json) {
  /** No sheet is longer. */
  public static final int BYTES_MAX = 64 * 1024;

  /** So much of the hash that two sheets of one version cannot be made. */
  static final int HASH_DIGITS = 40;

  public PriceSheet {
    included = Map.copyOf(included);
    examples = List.copyOf(examples);
    json = json.clone();
    for (Example example : examples) {
      long cost = list.of(example.meter).of(example.quantity);
      if (cost != example.cost) {
        throw new IllegalArgumentException(
            list.version() + " says that " + example + ", but its price makes it " + cost);
      }
    }
    if (!examples.stream()
        .map(Example::meter)
        .distinct()
        .toList()
        .equals(List.of(Meter.values()))) {
      throw new IllegalArgumentException(list.version() + " does not show each meter by example");
    }
  }

  /** What so much of a meter costs, told in the sheet so that a reader can check the rule. */
  public record Example(Meter meter, long quantity, long cost) {}

  /** Reads a sheet strictly; its version follows from the bytes. */
  public static PriceSheet read(byte[] json) {
    return PriceSheetJson.read(json);
  }

  static String version(String name, byte[] json) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(json);
      return name + "." + HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  @Override
  public byte[] json() {
    return json.clone();
  }

  public String text() {
    return new String(json, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PriceSheet that && Arrays.equals(json, that.json);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(json);
  }

  @Override
  public String toString() {
    return "PriceSheet[" + list.version() + "]";
  }
}
