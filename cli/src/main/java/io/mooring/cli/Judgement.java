package io.mooring.cli;

import java.util.Locale;

/** What a command concludes, worst last. Its place is the exit code. */
public enum Judgement {
  VALID(0),
  UNKNOWN(2),
  INVALID(1);

  private final int exitCode;

  Judgement(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }

  /** Something found false outweighs whatever cannot be told. */
  Judgement and(Judgement other) {
    return compareTo(other) >= 0 ? this : other;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
