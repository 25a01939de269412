package io.mooring.ledger.note;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Utf8;
import io.mooring.ledger.Verdict;
import io.mooring.ledger.Verdict.Reason;
import io.mooring.ledger.Verdict.Refuted;
import io.mooring.ledger.Verdict.Verified;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A text with signatures (C2SP signed-note). Reading one says nothing of who signed it: {@link
 * #check} does.
 */
public record Note(String text, List<NoteSignature> signatures) {
  public static final int BYTES_MAX = 1 << 20;
  public static final int SIGNATURES_MAX = 100;

  public Note {
    signatures = List.copyOf(signatures);
    requireText(text);
    if (!text.endsWith("\n")) {
      throw new MalformedException("a note's text ends with a newline");
    }
    if (signatures.isEmpty() || signatures.size() > SIGNATURES_MAX) {
      throw new MalformedException("a note has from 1 to " + SIGNATURES_MAX + " signatures");
    }
  }

  public static Note sign(String text, NoteSigner... signers) {
    List<NoteSignature> signatures = new ArrayList<>();
    for (NoteSigner signer : signers) {
      signatures.add(signer.sign(text));
    }
    return new Note(text, signatures);
  }

  public Note with(NoteSignature signature) {
    List<NoteSignature> more = new ArrayList<>(signatures);
    more.add(signature);
    return new Note(text, more);
  }

  public static Note parse(byte[] bytes) {
    if (bytes.length > BYTES_MAX) {
      throw new MalformedException("a note has at most " + BYTES_MAX + " bytes");
    }
    return parse(Utf8.decode(bytes));
  }

  public static Note parse(String note) {
    if (note.length() > BYTES_MAX) {
      throw new MalformedException("a note has at most " + BYTES_MAX + " bytes");
    }
    int blank = note.lastIndexOf("\n\n");
    if (blank < 0) {
      throw new MalformedException("a note has a blank line between its text and signatures");
    }
    if (!note.endsWith("\n")) {
      throw new MalformedException("a note ends with a newline");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (int at = blank + 2; at < note.length(); ) {
      int end = note.indexOf('\n', at);
      if (signatures.size() == SIGNATURES_MAX) {
        throw new MalformedException("a note has at most " + SIGNATURES_MAX + " signatures");
      }
      signatures.add(NoteSignature.parse(note.substring(at, end)));
      at = end + 1;
    }
    return new Note(note.substring(0, blank + 1), signatures);
  }

  /**
   * Verified when at least one known key has signed and no line that names a known key is wrong.
   * Lines of unknown keys count for nothing, even when they share a name or an id with a known one.
   */
  public Verdict check(Collection<VerifierKey> known) {
    boolean signed = false;
    for (NoteSignature signature : signatures) {
      for (VerifierKey key : known) {
        if (key.isNamedBy(signature)) {
          if (!key.verifies(text, signature)) {
            return new Refuted(Reason.SIGNATURE_WRONG);
          }
          signed = true;
        }
      }
    }
    return signed ? new Verified() : new Refuted(Reason.NOT_SIGNED_BY_A_KNOWN_KEY);
  }

  /** The note as it is sent and stored. */
  public String encoded() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()));
    return note.toString();
  }

  private static void requireText(String text) {
    if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
      throw new MalformedException("a note has no control characters but newlines");
    }
    Utf8.encode(text);
  }
}
