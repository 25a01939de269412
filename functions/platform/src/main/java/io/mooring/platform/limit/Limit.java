package io.mooring.platform.limit;

/** One number that the code enforces and {@code GET /v1/limits} publishes. */
public interface Limit {
  Bound bound();

  default String word() {
    return bound().word();
  }

  default long value() {
    return bound().value();
  }

  default int intValue() {
    return Math.toIntExact(value());
  }
}
