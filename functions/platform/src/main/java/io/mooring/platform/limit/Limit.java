package io.mooring.platform.limit;

/** One number that the code enforces and {@code GET /v1/limits} publishes. */
public interface Limit {
  /** The name under which clients read it; its unit stands in it. */
  String word();

  long value();

  default int intValue() {
    return Math.toIntExact(value());
  }
}
