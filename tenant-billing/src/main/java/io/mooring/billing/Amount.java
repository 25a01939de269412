package io.mooring.billing;

import java.util.regex.Pattern;

/** Some units of one asset, more than none. */
public record Amount(Asset asset, long units) {
  /** Far below what a long holds, so that sums of many amounts are checked, never wrapped. */
  public static final long UNITS_MAX = 1_000_000_000_000_000_000L;

  // What is shorter cannot overflow a long; what is longer is above the bound.
  private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{0,18}");

  public Amount {
    if (units <= 0 || units > UNITS_MAX) {
      throw new IllegalArgumentException(
          "an amount is a whole number from 1 to " + UNITS_MAX + ", not " + units);
    }
  }

  /** Reads decimal digits and nothing else: no sign, no point, no exponent, no leading zero. */
  public static Amount parse(Asset asset, String digits) {
    if (!DIGITS.matcher(digits).matches()) {
      throw new IllegalArgumentException(
          "an amount is a whole number from 1 to " + UNITS_MAX + " in plain digits");
    }
    return new Amount(asset, Long.parseLong(digits));
  }

  @Override
  public String toString() {
    return units + " " + asset;
  }
}
