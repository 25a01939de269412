package io.mooring.cli;

import java.math.BigInteger;
import java.util.Map;

/**
 * What lines or movements that are alike add up to, and in which commits and entries they stand.
 *
 * @param times how many charges or postings they are
 */
record Sums(
    BigInteger quantity,
    BigInteger free,
    BigInteger units,
    BigInteger times,
    BigInteger firstCommit,
    BigInteger lastCommit,
    BigInteger firstEntry,
    BigInteger endEntry) {
  static final Sums NOTHING =
      of(Map.of("units", 0, "firstEntry", 0, "endEntry", 0), BigInteger.ZERO);

  /** Of a movement, which names entries only. */
  static Sums of(Map<String, Object> movement, BigInteger times) {
    return new Sums(
        BigInteger.ZERO,
        BigInteger.ZERO,
        Json.whole(movement, "units"),
        times,
        BigInteger.ZERO,
        BigInteger.ZERO,
        Json.whole(movement, "firstEntry"),
        Json.whole(movement, "endEntry"));
  }

  /** Of a line of usage as an invoice has it. */
  static Sums ofLine(Map<String, Object> line) {
    return new Sums(
        Json.whole(line, "quantity"),
        Json.whole(line, "free"),
        Json.whole(line, "units"),
        Json.whole(line, "charges"),
        Json.whole(line, "firstCommit"),
        Json.whole(line, "lastCommit"),
        Json.whole(line, "firstEntry"),
        Json.whole(line, "endEntry"));
  }

  Sums and(Sums other) {
    return new Sums(
        quantity.add(other.quantity),
        free.add(other.free),
        units.add(other.units),
        times.add(other.times),
        firstCommit.min(other.firstCommit),
        lastCommit.max(other.lastCommit),
        firstEntry.min(other.firstEntry),
        endEntry.max(other.endEntry));
  }

  String inWords() {
    return times.signum() == 0
        ? "nothing"
        : "%s units (%s of %s, %s free, commits %s to %s, entries %s to before %s)"
            .formatted(units, times, quantity, free, firstCommit, lastCommit, firstEntry, endEntry);
  }
}
