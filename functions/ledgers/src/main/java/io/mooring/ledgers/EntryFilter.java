package io.mooring.ledgers;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which entries somebody wants: of a subject, and committed from one time on and before another.
 */
public final class EntryFilter {
  private final String subject;
  private final long sinceMillis;
  private final long untilMillis;

  private EntryFilter(String subject, long sinceMillis, long untilMillis) {
    this.subject = subject;
    this.sinceMillis = sinceMillis;
    this.untilMillis = untilMillis;
  }

  public static EntryFilter all() {
    return new EntryFilter("", 0, 0);
  }

  public EntryFilter about(String subject) {
    return new EntryFilter(subject, sinceMillis, untilMillis);
  }

  public EntryFilter since(long millis) {
    return new EntryFilter(subject, millis, untilMillis);
  }

  public EntryFilter until(long millis) {
    return new EntryFilter(subject, sinceMillis, millis);
  }

  Optional<String> subject() {
    return subject.isEmpty() ? Optional.empty() : Optional.of(subject);
  }

  OptionalLong since() {
    return sinceMillis == 0 ? OptionalLong.empty() : OptionalLong.of(sinceMillis);
  }

  OptionalLong until() {
    return untilMillis == 0 ? OptionalLong.empty() : OptionalLong.of(untilMillis);
  }
}
