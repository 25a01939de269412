package io.mooring.platform.http;

import java.nio.charset.StandardCharsets;

/**
 * What a write answers. It is settled before the write is committed and kept sealed with it, so
 * that a repetition is answered with the same words.
 *
 * @param location where the new thing stands; empty where nothing was made
 * @param json the body; empty where there is none
 */
public record Answer(int status, String location, String json) {
  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int PARTS = 3;

  public static Answer created(String location, String json) {
    return new Answer(CREATED, location, json);
  }

  public static Answer ok(String json) {
    return new Answer(OK, "", json);
  }

  public static Answer noContent() {
    return new Answer(NO_CONTENT, "", "");
  }

  /** Three lines; only the last may hold a line break. */
  byte[] bytes() {
    return (status + "\n" + location + "\n" + json).getBytes(StandardCharsets.UTF_8);
  }

  static Answer of(byte[] bytes) {
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\n", PARTS);
    return new Answer(Integer.parseInt(parts[0]), parts[1], parts[2]);
  }
}
