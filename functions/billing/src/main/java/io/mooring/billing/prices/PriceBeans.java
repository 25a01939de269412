package io.mooring.billing.prices;

import io.mooring.billing.PriceBook;
import io.mooring.billing.PublishedPrices;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Loads the prices once, which fails where a sheet is not as it must be. */
final class PriceBeans {
  PriceBeans() {}

  @Produces
  @Singleton
  static PublishedPrices published() {
    return PublishedPrices.shipped();
  }

  @Produces
  @Singleton
  static PriceBook book(PublishedPrices published) {
    return published.book();
  }
}
