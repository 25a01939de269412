package io.mooring.ledgers.json;

/** Bytes that are not JSON that two readers must understand alike; the message names the place. */
public final class JsonRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JsonRefusedException(String reason) {
    super(reason, null, false, false);
  }

  JsonRefusedException(String reason, int offset) {
    this(reason + ", at byte " + offset);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
