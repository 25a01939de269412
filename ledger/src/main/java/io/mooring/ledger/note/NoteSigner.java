package io.mooring.ledger.note;

/**
 * Whoever can sign notes under one key: a log, a witness, a key service.
 *
 * <p><b>Trust:</b> whoever holds this can sign two histories; witnesses and anchors show it.
 *
 * <p><b>Loss:</b> the log goes on under a new key, and old checkpoints verify under the old one.
 */
public interface NoteSigner {
  VerifierKey verifierKey();

  NoteSignature sign(String text);
}
