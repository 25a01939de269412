package io.mooring.ledgers;

/**
 * A ledger that a tenant wants to have.
 *
 * @param details what the tenant says of it that only its kind understands, as JSON; may be empty
 */
public record NewLedger(
    LedgerName name, Kind kind, Readers readers, int retentionDays, String details) {
  public NewLedger(LedgerName name, Kind kind, Readers readers, int retentionDays) {
    this(name, kind, readers, retentionDays, "");
  }
}
