package io.mooring.platform.identity;

/** What a tenant has subscribed to: how many requests it may make in a second, and in one burst. */
public enum Plan {
  DEVELOPER("developer", 50, 200),
  BUSINESS("business", 1_000, 4_000),
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

  public int requestsPerSecond() {
    return requestsPerSecond;
  }

  public int burstRequests() {
    return burstRequests;
  }
}
