package io.mooring.ledger.cbor;

/** The low five bits of an initial byte that say where the item's argument stands. */
final class Argument {
  static final int ONE_BYTE = 24;
  static final int TWO_BYTES = 25;
  static final int FOUR_BYTES = 26;
  static final int EIGHT_BYTES = 27;
  static final int INDEFINITE = 31;

  private Argument() {}
}
