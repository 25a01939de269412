package io.mooring.ledger;

/** Bytes that are not what their format asks for; the message names the rule they break. */
public class MalformedException extends IllegalArgumentException {
  public MalformedException(String message) {
    super(message);
  }

  public MalformedException(String message, Throwable cause) {
    super(message, cause);
  }
}
