package io.mooring.billing;

import java.math.BigInteger;

/**
 * What a meter costs: {@code units} of its asset for every {@code per} counted, each started {@code
 * per} of one charge in full.
 */
public record Price(long units, long per) {
  /** Two factors of up to so much, and a third added, are no larger than an amount can be. */
  private static final long SMALL_MAX = 500_000_000;

  public Price {
    if (units < 0 || units > Amount.UNITS_MAX || per < 1) {
      throw new IllegalArgumentException("not a price: " + units + " per " + per);
    }
  }

  /**
   * What {@code quantity} costs, rounded up to a whole unit; refused beyond what an amount holds.
   */
  public long of(long quantity) {
    if (isSmall(quantity)) {
      return (quantity * units + per - 1) / per;
    }
    BigInteger per = BigInteger.valueOf(this.per);
    BigInteger exact = BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(units));
    BigInteger cost = exact.add(per.subtract(BigInteger.ONE)).divide(per);
    if (quantity < 0 || cost.compareTo(BigInteger.valueOf(Amount.UNITS_MAX)) > 0) {
      throw new IllegalArgumentException(quantity + " cannot be priced");
    }
    return cost.longValueExact();
  }

  /** Whether what {@code quantity} costs is an amount at all. */
  public boolean isAffordable(long quantity) {
    if (isSmall(quantity)) {
      return true;
    }
    BigInteger exact = BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(units));
    return exact.compareTo(BigInteger.valueOf(per).multiply(BigInteger.valueOf(Amount.UNITS_MAX)))
        <= 0;
  }

  /** Whether plain arithmetic suffices, as it does for all but the strangest quantities. */
  private boolean isSmall(long quantity) {
    return quantity >= 0 && quantity <= SMALL_MAX && units <= SMALL_MAX && per <= SMALL_MAX;
  }

  /** Whether there is a quantity that costs more at {@code next} than here. */
  boolean risesTo(Price next) {
    BigInteger here = BigInteger.valueOf(units).multiply(BigInteger.valueOf(next.per));
    BigInteger there = BigInteger.valueOf(next.units).multiply(BigInteger.valueOf(per));
    // A coarser step costs more for the first of it, even where the rate is the same.
    return there.compareTo(here) > 0 || next.of(1) > of(1);
  }
}
