package io.mooring.contracts.chain;

/** The state after a block is asked for that is not kept, or not there yet. */
public final class StateUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StateUnavailableException(String message) {
    super(message);
  }
}
