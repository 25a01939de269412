package io.mooring.billing;

import java.util.Locale;

/** What is counted. Each meter is paid in one asset, and its unit is what a usage counts. */
public enum Meter {
  GAS(1, Asset.CPC, "unit of gas"),
  CALLDATA_BYTES(2, Asset.CPC, "byte of call data"),
  STATE_BYTES(3, Asset.CPC, "byte of new contract state"),
  ENTRIES(4, Asset.CPC, "entry"),
  ENTRY_BYTES(5, Asset.CPC, "byte of an entry's content"),
  PROOFS(6, Asset.CPC, "proof beyond the free ones"),
  ANCHORS(7, Asset.CPC, "anchored head"),
  WEBHOOKS(8, Asset.CPC, "webhook delivered"),
  DEVICE_MONTHS(9, Asset.ITC, "device registered for a month"),
  MESSAGES(10, Asset.ITC, "message from a device"),
  STORED_BYTE_MONTHS(11, Asset.ITC, "byte stored for a month");

  private final int code;
  private final Asset asset;
  private final String unit;

  Meter(int code, Asset asset, String unit) {
    this.code = code;
    this.asset = asset;
    this.unit = unit;
  }

  /** The number under which commit records name it; it never changes. */
  public int code() {
    return code;
  }

  /** Reads what {@link #code} gives. */
  public static Meter of(long code) {
    for (Meter meter : values()) {
      if (meter.code == code) {
        return meter;
      }
    }
    throw new IllegalArgumentException("no meter has the number " + code);
  }

  public Asset asset() {
    return asset;
  }

  /** What one of it is, in words. */
  public String unit() {
    return unit;
  }

  /** The name on the wire and in bills, such as {@code entry-bytes}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads what {@link #wireName} writes. */
  public static Meter named(String wireName) {
    for (Meter meter : values()) {
      if (meter.wireName().equals(wireName)) {
        return meter;
      }
    }
    throw new IllegalArgumentException("no meter is named " + wireName);
  }
}
