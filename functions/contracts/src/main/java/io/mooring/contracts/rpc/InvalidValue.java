package io.mooring.contracts.rpc;

/** A parameter that is not what the method takes; the message says what is wrong with it. */
public final class InvalidValue extends RuntimeException {
  public InvalidValue(String message) {
    super(message, null, false, false);
  }
}
