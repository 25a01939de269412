package io.mooring.evm.besu;

import io.mooring.evm.Evm;
import io.mooring.evm.EvmProvider;

/** Makes Besu's engine known under its name. */
public final class BesuEvmProvider implements EvmProvider {
  @Override
  public String name() {
    return "besu";
  }

  @Override
  public Evm create() {
    return new BesuEvm();
  }
}
