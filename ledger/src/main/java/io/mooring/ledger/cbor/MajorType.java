package io.mooring.ledger.cbor;

/** The eight kinds of CBOR item, in the order of their three-bit codes. */
enum MajorType {
  UNSIGNED,
  NEGATIVE,
  BYTES,
  TEXT,
  ARRAY,
  MAP,
  TAG,
  SIMPLE;

  private static final MajorType[] BY_CODE = values();

  static MajorType of(int initialByte) {
    return BY_CODE[(initialByte & 0xff) >> 5];
  }

  int code() {
    return ordinal() << 5;
  }
}
