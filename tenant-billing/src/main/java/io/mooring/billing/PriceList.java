package io.mooring.billing;

import java.util.EnumMap;
import java.util.Map;

/**
 * The prices of one plan from one moment on. A published list never changes; it is replaced.
 *
 * @param version unique among all lists, and what every charge names
 * @param publishedMillis when it could be read for the first time
 */
public record PriceList(
    String version,
    String plan,
    long publishedMillis,
    long effectiveMillis,
    Map<Meter, Price> prices) {
  public PriceList {
    if (effectiveMillis < publishedMillis) {
      throw new IllegalArgumentException(version + " would be in force before it was published");
    }
    if (prices.size() != Meter.values().length) {
      throw new IllegalArgumentException(version + " does not price every meter");
    }
    prices = Map.copyOf(prices);
  }

  public Price of(Meter meter) {
    return java.util.Objects.requireNonNull(prices.get(meter));
  }

  public Charge charge(Meter meter, long quantity) {
    return new Charge(meter, quantity, of(meter).of(quantity), version);
  }

  /** The meters that would cost more under {@code next}. */
  Map<Meter, Price> rises(PriceList next) {
    Map<Meter, Price> rises = new EnumMap<>(Meter.class);
    for (Meter meter : Meter.values()) {
      if (of(meter).risesTo(next.of(meter))) {
        rises.put(meter, next.of(meter));
      }
    }
    return rises;
  }
}
