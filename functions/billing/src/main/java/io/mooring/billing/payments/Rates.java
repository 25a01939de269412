package io.mooring.billing.payments;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import java.math.BigInteger;

/**
 * How many credits a minor unit of money buys.
 *
 * @param currency the one that is taken, as ISO 4217 in lower case
 */
public record Rates(String currency, long cpcPerMinorUnit, long itcPerMinorUnit) {
  public Rates {
    if (cpcPerMinorUnit < 1 || itcPerMinorUnit < 1) {
      throw new IllegalArgumentException("money buys something");
    }
  }

  /** 0 for money that is not taken here, or buys more than an amount can be. */
  long units(Asset asset, long minorUnits, String paidIn) {
    long rate =
        switch (asset) {
          case CPC -> cpcPerMinorUnit;
          case ITC -> itcPerMinorUnit;
        };
    BigInteger units = BigInteger.valueOf(minorUnits).multiply(BigInteger.valueOf(rate));
    boolean isTaken = paidIn.equals(currency);
    return isTaken && units.compareTo(BigInteger.valueOf(Amount.UNITS_MAX)) <= 0
        ? units.longValueExact()
        : 0;
  }
}
