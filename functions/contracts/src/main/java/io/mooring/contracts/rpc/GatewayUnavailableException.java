package io.mooring.contracts.rpc;

/** A gateway that holds connections did not take a message for one of them. */
public final class GatewayUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public GatewayUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
