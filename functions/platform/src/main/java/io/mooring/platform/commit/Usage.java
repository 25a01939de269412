package io.mooring.platform.commit;

import io.mooring.billing.Meter;

/** How much of one meter a write uses. Billing prices it; the commit carries the charge. */
public record Usage(Meter meter, long quantity) {
  public Usage {
    if (quantity <= 0) {
      throw new IllegalArgumentException("a usage is above 0: " + quantity);
    }
  }

  /** For whoever knows the meter by the name that it has on bills. */
  public Usage(String meter, long quantity) {
    this(Meter.named(meter), quantity);
  }
}
