package io.mooring.ledgers.json;

/** Where one JSON value stands in the bytes received, from its first byte to after its last. */
public record JsonSlice(Kind kind, int from, int to) {
  /** What a JSON value is, told by its first byte. */
  public enum Kind {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL
  }

  public int length() {
    return to - from;
  }
}
