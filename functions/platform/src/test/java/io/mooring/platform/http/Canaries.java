package io.mooring.platform.http;

/** Texts that must never come out where they are looked for. */
final class Canaries {
  static final String INSIDE = "canary-inside-7f3a";
  static final String PAYLOAD = "canary-payload-91bc";
  static final String QUERY = "canary-query-4d10";

  private Canaries() {}
}
