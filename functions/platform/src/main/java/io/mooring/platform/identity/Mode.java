package io.mooring.platform.identity;

/** Whether a credential is for trying things out or for the real thing; it stands in its text. */
public enum Mode {
  LIVE("live"),
  TEST("test");

  private final String word;

  Mode(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
