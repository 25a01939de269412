package io.mooring.evm.precompile;

import org.jspecify.annotations.Nullable;

/** A contract that is a function: priced before it runs, and without state. */
public interface Precompile {
  /** What running on {@code input} costs; {@link Long#MAX_VALUE} where no gas would suffice. */
  long gas(byte[] input);

  /** The output, or null where the call fails and takes all the gas it was given. */
  byte @Nullable [] run(byte[] input);
}
