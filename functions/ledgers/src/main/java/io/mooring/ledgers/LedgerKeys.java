package io.mooring.ledgers;

import io.mooring.ledger.note.NoteSigner;

/**
 * Signs for each ledger under a key of its own.
 *
 * <p><b>Trust:</b> whoever holds a ledger's key can sign two histories of it; anchors and witnesses
 * show that.
 *
 * <p><b>Loss:</b> without its key a ledger takes no more entries; what was signed stays valid.
 */
public interface LedgerKeys {
  /** The signer of the ledger whose checkpoints carry {@code origin}; the same one every time. */
  NoteSigner signer(String origin);
}
