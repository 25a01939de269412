package io.mooring.platform.limit;

/** The bounds of every request, whatever it asks for. */
public enum PlatformLimit implements Limit {
  HEADER_BYTES_MAX("headerBytesMax", 16 * 1024),
  BODY_BYTES_MAX("bodyBytesMax", 4 * 1024 * 1024),
  /** A second before the function's own time limit, and two before the gateway's. */
  REQUEST_SECONDS_MAX("requestSecondsMax", 28),
  JSON_DEPTH_MAX("jsonDepthMax", 64),
  JSON_NUMBER_CHARACTERS_MAX("jsonNumberCharactersMax", 64),
  JSON_NAME_CHARACTERS_MAX("jsonNameCharactersMax", 1024),
  JSON_INTEGER_MAX("jsonIntegerMax", (1L << 53) - 1),
  PAGE_ITEMS_MAX("pageItemsMax", 100),
  PAGE_ITEMS_UNASKED("pageItemsUnasked", 20),
  PAGE_TOKEN_CHARACTERS_MAX("pageTokenCharactersMax", 1024),
  IDEMPOTENCY_KEY_CHARACTERS_MIN("idempotencyKeyCharactersMin", 8),
  IDEMPOTENCY_KEY_CHARACTERS_MAX("idempotencyKeyCharactersMax", 255),
  IDEMPOTENCY_DAYS("idempotencyDays", 30),
  ANONYMOUS_REQUESTS_PER_SECOND("anonymousRequestsPerSecond", 200),
  ANONYMOUS_BURST_REQUESTS("anonymousBurstRequests", 2_000);

  private final Bound bound;

  PlatformLimit(String word, long value) {
    this.bound = new Bound(word, value);
  }

  @Override
  public Bound bound() {
    return bound;
  }
}
