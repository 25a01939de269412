package io.mooring.ledger.tlog;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.note.Note;
import io.mooring.ledger.note.NoteSigner;

/**
 * A note whose text is a checkpoint (C2SP tlog-checkpoint). {@link Policy} says whom to believe.
 */
public record SignedCheckpoint(Note note, Checkpoint checkpoint) {
  public SignedCheckpoint(Note note) {
    this(note, Checkpoint.parse(note.text()));
  }

  public static SignedCheckpoint sign(Checkpoint checkpoint, NoteSigner... signers) {
    return new SignedCheckpoint(Note.sign(checkpoint.text(), signers), checkpoint);
  }

  public static SignedCheckpoint parse(byte[] bytes) {
    return new SignedCheckpoint(Note.parse(bytes));
  }

  public static SignedCheckpoint parse(String text) {
    return new SignedCheckpoint(Note.parse(text));
  }

  public String encoded() {
    return note.encoded();
  }
}
