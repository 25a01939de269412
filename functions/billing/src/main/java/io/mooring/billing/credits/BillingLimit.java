package io.mooring.billing.credits;

import io.mooring.platform.limit.Bound;
import io.mooring.platform.limit.Limit;
import java.time.Duration;

/** The bounds of credits. */
public enum BillingLimit implements Limit {
  HOLD_SECONDS_MAX("holdSecondsMax", Duration.ofDays(31).toSeconds());

  private final Bound bound;

  BillingLimit(String word, long value) {
    this.bound = new Bound(word, value);
  }

  @Override
  public Bound bound() {
    return bound;
  }
}
