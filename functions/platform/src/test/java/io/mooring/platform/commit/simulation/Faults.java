package io.mooring.platform.commit.simulation;

import java.util.Random;

/** How badly the stores behave in one schedule, until they are healed. */
public final class Faults {
  /** What may happen to one call. */
  enum Fault {
    NONE,
    REQUEST_LOST,
    REPLY_LOST,
    DONE_LATE,
    DONE_TWICE,
    THROTTLED,
    CONFLICT
  }

  private static final double[] RATES = {0, 0.05, 0.2, 0.5};
  private static final long LATENCY_MILLIS_MAX = 12;

  private final Random random;
  private double rate;

  public Faults(Random random) {
    this.random = random;
    this.rate = RATES[random.nextInt(RATES.length)];
  }

  public void heal() {
    rate = 0;
  }

  Fault next() {
    if (random.nextDouble() >= rate) {
      return Fault.NONE;
    }
    Fault[] all = Fault.values();
    return all[1 + random.nextInt(all.length - 1)];
  }

  long latency() {
    return random.nextLong(LATENCY_MILLIS_MAX);
  }

  /** How long after everybody gave up a late request may still be carried out. */
  long lateness() {
    return random.nextLong(20_000);
  }
}
