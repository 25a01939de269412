package io.mooring.billing;

/** What a tenant once bought, and how much of it was paid back since. */
public record Purchase(String id, Asset asset, long units, long returned) {
  public Purchase {
    if (returned < 0 || returned > units) {
      throw new IllegalArgumentException(returned + " of " + units + " were paid back");
    }
  }

  public static Purchase of(String id, Amount amount) {
    return new Purchase(id, amount.asset(), amount.units(), 0);
  }

  public long open() {
    return units - returned;
  }

  Purchase less(long units) {
    return new Purchase(id, asset, this.units, returned + units);
  }
}
