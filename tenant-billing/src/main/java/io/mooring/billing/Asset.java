package io.mooring.billing;

/** What credits are counted in: one asset never turns into another by itself. */
public enum Asset {
  /** Pays for computing: gas, contract state, entries, proofs. */
  CPC,
  /** Pays for things: devices, messages, stored bytes. */
  ITC
}
