package io.mooring.billing;

/**
 * Funds promised and not taken. A hold has exactly one end: it is captured (in part or whole, the
 * rest goes back), voided, or it expires. Its expiry is judged whenever it is used; that nobody has
 * swept it yet changes nothing.
 *
 * @param captured how many units were taken at its end
 */
public record Hold(
    String id, Asset asset, Funds funds, long expiresMillis, State state, long captured) {
  /** Pending, or one of the three ends. */
  public enum State {
    PENDING,
    CAPTURED,
    VOIDED,
    EXPIRED
  }

  /** As it is at a moment, whether or not somebody has swept it. */
  public Hold at(long nowMillis) {
    return state == State.PENDING && hasExpired(nowMillis) ? ended(State.EXPIRED, 0) : this;
  }

  boolean hasExpired(long nowMillis) {
    return nowMillis >= expiresMillis;
  }

  Hold ended(State end, long units) {
    return new Hold(id, asset, funds, expiresMillis, end, units);
  }
}
