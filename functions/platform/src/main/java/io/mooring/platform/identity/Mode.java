package io.mooring.platform.identity;

import java.util.Arrays;
import java.util.Optional;

/** Whether a credential is for trying things out or for the real thing; it stands in its text. */
public enum Mode {
  LIVE("live"),
  TEST("test");

  private final String word;

  Mode(String word) {
    this.word = word;
  }

  public static Optional<Mode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
  }

  public String word() {
    return word;
  }
}
