package io.mooring.platform.identity;

import java.util.Arrays;
import java.util.Optional;

/** What a tenant has subscribed to: how many requests it may make in a second, and in one burst. */
public enum Plan {
  DEVELOPER("developer", 500, 5_000),
  BUSINESS("business", 2_000, 10_000),
  SCALE("scale", 20_000, 40_000);

  private final String word;
  private final int requestsPerSecond;
  private final int burstRequests;

  Plan(String word, int requestsPerSecond, int burstRequests) {
    this.word = word;
    this.requestsPerSecond = requestsPerSecond;
    this.burstRequests = burstRequests;
  }

  public String word() {
    return word;
  }

  public static Optional<Plan> of(String word) {
    return Arrays.stream(values()).filter(plan -> plan.word.equals(word)).findFirst();
  }

  public int requestsPerSecond() {
    return requestsPerSecond;
  }

  public int burstRequests() {
    return burstRequests;
  }
}
