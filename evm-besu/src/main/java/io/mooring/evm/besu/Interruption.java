package io.mooring.evm.besu;

import io.mooring.evm.Halt;

/** Ends Besu's loop from within a tracer when a limit of ours is passed. */
final class Interruption extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Halt halt;

  Interruption(Halt halt) {
    super(halt.name(), null, false, false);
    this.halt = halt;
  }

  Halt halt() {
    return halt;
  }
}
