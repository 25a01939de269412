package io.mooring.evm.pairing;

/** What multiplying pairings together came to. */
public enum PairingCheck {
  ONE,
  NOT_ONE,
  /** A point has no canonical encoding, is not on its curve, or is not in its subgroup. */
  INVALID
}
