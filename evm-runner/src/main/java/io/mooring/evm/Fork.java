package io.mooring.evm;

/**
 * A set of protocol rules, in the order in which they took effect; each includes the ones before.
 */
public enum Fork {
  FRONTIER,
  HOMESTEAD,
  TANGERINE_WHISTLE,
  SPURIOUS_DRAGON,
  BYZANTIUM,
  CONSTANTINOPLE,
  PETERSBURG,
  ISTANBUL,
  BERLIN,
  LONDON,
  PARIS,
  SHANGHAI,
  CANCUN,
  PRAGUE,
  OSAKA;

  public static final Fork NEWEST = OSAKA;

  public boolean includes(Fork other) {
    return ordinal() >= other.ordinal();
  }
}
