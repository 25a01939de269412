package io.mooring.evm;

import io.mooring.evm.state.WorldState;

/**
 * Runs one top-level message against a state.
 *
 * <p>An engine moves the message's value, runs the code and everything it calls, and leaves the
 * effects in the state's journal; where the outcome is not a success it has taken them back. What
 * surrounds a message (nonce, fees, refunds, access lists, the end of the transaction) belongs to
 * whoever calls. Engines may be shared by threads; a {@link WorldState} may not.
 */
public interface Evm {
  default Outcome execute(Message message, Environment environment, WorldState state) {
    return execute(message, environment, state, Tracer.NONE);
  }

  Outcome execute(Message message, Environment environment, WorldState state, Tracer tracer);
}
