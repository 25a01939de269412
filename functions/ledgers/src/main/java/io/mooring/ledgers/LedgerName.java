package io.mooring.ledgers;

import java.util.regex.Pattern;

/** What a tenant calls one of its ledgers; no two of its ledgers have the same name. */
public record LedgerName(String value) {
  public static final int CHARS_MAX = 63;

  private static final Pattern SHAPE =
      Pattern.compile("[a-z0-9][a-z0-9.-]{0," + (CHARS_MAX - 1) + "}");

  /** The name of the ledger that a tenant has from birth. */
  public static final LedgerName JOURNAL = new LedgerName("journal");

  public LedgerName {
    if (!isOne(value)) {
      throw new IllegalArgumentException("not a ledger's name: " + value);
    }
  }

  /** Ids hold an underscore and names never do, so that a path tells which of both it has. */
  public static boolean isOne(String text) {
    return SHAPE.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
