package io.mooring.platform.http;

import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Takes members out of wire records, where any of them may be missing, and refuses what is not fit.
 */
public final class Wire {
  private Wire() {}

  /** The body itself, which is missing where a request had none. */
  public static <T> T body(@Nullable T body) {
    return required(body, "the body");
  }

  public static <T> T required(@Nullable T member, String name) {
    if (member == null) {
      throw new RefusedException(PlatformRefusal.BODY_INVALID, name + " is missing");
    }
    return member;
  }

  /** A text of 1 to {@code charactersMax} characters, none of them a control. */
  public static String text(@Nullable String member, String name, long charactersMax) {
    String text = required(member, name);
    if (text.isBlank()
        || text.length() > charactersMax
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new RefusedException(
          PlatformRefusal.BODY_INVALID,
          name + " is a text of 1 to " + charactersMax + " characters without controls");
    }
    return text;
  }
}
