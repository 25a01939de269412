package io.mooring.billing.credits;

import io.mooring.platform.limit.Limit;
import java.time.Duration;

/** The bounds of credits. */
public enum BillingLimit implements Limit {
  HOLD_SECONDS_MAX("holdSecondsMax", Duration.ofDays(31).toSeconds());

  private final String word;
  private final long value;

  BillingLimit(String word, long value) {
    this.word = word;
    this.value = value;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public long value() {
    return value;
  }
}
