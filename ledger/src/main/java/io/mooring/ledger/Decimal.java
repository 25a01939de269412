package io.mooring.ledger;

/** Whole numbers from 0 to 2^63-1 in ASCII digits, each with exactly one spelling. */
public final class Decimal {
  private static final int DIGITS_MAX = 19;

  private Decimal() {}

  public static long parse(String text) {
    boolean digits =
        !text.isEmpty()
            && text.length() <= DIGITS_MAX
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || (text.length() > 1 && text.charAt(0) == '0')) {
      throw new MalformedException("not a whole number without leading zeros");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new MalformedException("not below 2^63: " + text, e);
    }
  }
}
