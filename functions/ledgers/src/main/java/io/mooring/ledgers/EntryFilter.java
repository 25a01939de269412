package io.mooring.ledgers;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which entries somebody wants: of a subject, committed from one time on and before another, and
 * within a range of indexes.
 */
public final class EntryFilter {
  private final String subject;
  private final long sinceMillis;
  private final long untilMillis;
  private final long first;
  private final long end;

  private EntryFilter(String subject, long sinceMillis, long untilMillis, long first, long end) {
    this.subject = subject;
    this.sinceMillis = sinceMillis;
    this.untilMillis = untilMillis;
    this.first = first;
    this.end = end;
  }

  public static EntryFilter all() {
    return new EntryFilter("", 0, 0, 0, Long.MAX_VALUE);
  }

  public EntryFilter about(String subject) {
    return new EntryFilter(subject, sinceMillis, untilMillis, first, end);
  }

  public EntryFilter since(long millis) {
    return new EntryFilter(subject, millis, untilMillis, first, end);
  }

  public EntryFilter until(long millis) {
    return new EntryFilter(subject, sinceMillis, millis, first, end);
  }

  /** Only entries from one index on and before another. */
  public EntryFilter between(long first, long end) {
    return new EntryFilter(
        subject, sinceMillis, untilMillis, Math.max(this.first, first), Math.min(this.end, end));
  }

  long first() {
    return first;
  }

  long end() {
    return end;
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
