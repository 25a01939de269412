package io.mooring.platform.outbound;

/** A request that was not made, or brought nothing usable; the message names no inside address. */
public final class OutboundException extends Exception {
  private static final long serialVersionUID = 1L;

  OutboundException(String message) {
    super(message);
  }

  OutboundException(String message, Throwable cause) {
    super(message, cause);
  }
}
