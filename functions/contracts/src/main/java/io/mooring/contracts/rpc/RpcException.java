package io.mooring.contracts.rpc;

/** Carries an {@link RpcError} from wherever it was found to the dispatcher, which answers it. */
public final class RpcException extends RuntimeException {
  private final transient RpcError error;

  public RpcException(RpcError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  public RpcError error() {
    return error;
  }
}
