package io.mooring.ledger.tlog;

import io.mooring.ledger.Verdict;
import io.mooring.ledger.Verdict.Reason;
import io.mooring.ledger.Verdict.Refuted;
import io.mooring.ledger.Verdict.Verified;
import io.mooring.ledger.note.NoteSignature;
import io.mooring.ledger.note.VerifierKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a verifier believes: the keys that a log has had, and how many of which witnesses must have
 * cosigned at {@code cosignedSince} (seconds since 1970) or later.
 */
public record Policy(
    String origin,
    List<VerifierKey> logKeys,
    List<VerifierKey> witnesses,
    int witnessesNeeded,
    long cosignedSince) {
  public Policy {
    logKeys = List.copyOf(logKeys);
    witnesses = List.copyOf(witnesses);
  }

  /** Believes a log by its key, whose name is the origin, and asks for no witness. */
  public static Policy of(VerifierKey logKey) {
    return of(logKey.name(), List.of(logKey));
  }

  /** Believes any key of a log's history. */
  public static Policy of(String origin, List<VerifierKey> logKeys) {
    return new Policy(origin, logKeys, List.of(), 0, 0);
  }

  public Policy withWitnesses(List<VerifierKey> witnesses, int needed, long cosignedSince) {
    return new Policy(origin, logKeys, witnesses, needed, cosignedSince);
  }

  public Verdict check(SignedCheckpoint signed) {
    if (!signed.checkpoint().origin().equals(origin)) {
      return new Refuted(Reason.ORIGIN_DIFFERS);
    }
    Verdict log = signed.note().check(logKeys);
    if (!log.verified()) {
      return log;
    }

    Set<String> cosigned = new HashSet<>(); // by name: a witness with two keys counts once
    for (NoteSignature signature : signed.note().signatures()) {
      for (VerifierKey witness : witnesses) {
        if (witness.isNamedBy(signature)) {
          if (!witness.verifies(signed.note().text(), signature)) {
            return new Refuted(Reason.SIGNATURE_WRONG);
          }
          if (witness.secondsIn(signature).orElse(0) >= cosignedSince) {
            cosigned.add(witness.name());
          }
        }
      }
    }
    return cosigned.size() >= witnessesNeeded
        ? new Verified()
        : new Refuted(Reason.TOO_FEW_COSIGNATURES);
  }
}
