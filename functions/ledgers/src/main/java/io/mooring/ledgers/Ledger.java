package io.mooring.ledgers;

import io.mooring.platform.LedgerId;

/**
 * One ledger as it was created: all of this stands in its first entry and never changes.
 *
 * @param origin names the log in its checkpoints; it stays when the host that serves it changes
 * @param verifierKey the key of its checkpoints, in signed-note form
 * @param slot where its head goes in every anchored epoch; no other ledger of the deployment has it
 * @param retentionDays how long its payloads are kept at least; 0 for as long as the ledger is
 */
public record Ledger(
    LedgerId id,
    LedgerName name,
    Kind kind,
    Readers readers,
    String origin,
    String verifierKey,
    long slot,
    int retentionDays,
    long createdMillis) {
  public static final int RETENTION_DAYS_MAX = 36_500;

  public Ledger {
    if (slot < 1) {
      throw new IllegalArgumentException("slots begin at 1: " + slot);
    }
    if (retentionDays < 0 || retentionDays > RETENTION_DAYS_MAX) {
      throw new IllegalArgumentException("retention is 0 to " + RETENTION_DAYS_MAX + " days");
    }
  }

  public boolean isJournal() {
    return id.equals(LedgerId.journal(id.tenant()));
  }
}
