package io.mooring.ledgers;

/** A ledger that a tenant wants to have. */
public record NewLedger(LedgerName name, Kind kind, Readers readers, int retentionDays) {}
