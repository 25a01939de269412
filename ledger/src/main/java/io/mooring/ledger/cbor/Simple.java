package io.mooring.ledger.cbor;

/** The simple values that are taken. Floats share their major type and are not. */
final class Simple {
  static final int FALSE = 20;
  static final int TRUE = 21;
  static final int NULL = 22;

  private Simple() {}
}
