package io.mooring.billing;

/**
 * What one usage cost: with the price list's version it can be computed again by anybody.
 *
 * @param units 0 where it was free
 */
public record Charge(Meter meter, long quantity, long units, String priceVersion) {
  public Charge {
    if (quantity < 0 || units < 0) {
      throw new IllegalArgumentException("a charge is not negative: " + quantity + ", " + units);
    }
  }
}
