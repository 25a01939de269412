package io.mooring.evm;

/** How an engine that lives in a module of its own makes itself known, as a service. */
public interface EvmProvider {
  String name();

  Evm create();
}
