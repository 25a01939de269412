package io.mooring.billing;

import java.util.Locale;

/** What is counted. Each meter is paid in one asset, and its unit is what a usage counts. */
public enum Meter {
  GAS(Asset.CPC, "unit of gas"),
  CALLDATA_BYTES(Asset.CPC, "byte of call data"),
  STATE_BYTES(Asset.CPC, "byte of new contract state"),
  ENTRIES(Asset.CPC, "entry"),
  ENTRY_BYTES(Asset.CPC, "byte of an entry's content"),
  PROOFS(Asset.CPC, "proof beyond the free ones"),
  ANCHORS(Asset.CPC, "anchored head"),
  WEBHOOKS(Asset.CPC, "webhook delivered"),
  DEVICE_MONTHS(Asset.ITC, "device registered for a month"),
  MESSAGES(Asset.ITC, "message from a device"),
  STORED_BYTE_MONTHS(Asset.ITC, "byte stored for a month");

  private final Asset asset;
  private final String unit;

  Meter(Asset asset, String unit) {
    this.asset = asset;
    this.unit = unit;
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
