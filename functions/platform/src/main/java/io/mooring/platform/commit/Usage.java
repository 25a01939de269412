package io.mooring.platform.commit;

/** How much of one meter a write uses. Billing prices it; the commit carries the charge. */
public record Usage(String meter, long quantity) {
  public Usage {
    if (meter.isEmpty() || quantity <= 0) {
      throw new IllegalArgumentException("a usage names a meter and is above 0: " + quantity);
    }
  }
}
