package io.mooring.cli;

import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Entry;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Payload;
import io.mooring.ledger.Salt;
import io.mooring.ledger.Verdict;
import io.mooring.ledger.Verdict.Refuted;
import io.mooring.ledger.Verdict.Verified;
import io.mooring.ledger.tlog.ProofFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the user holds of an entry besides its proof. */
final class EntryOptions {
  @Option(
      names = "--entry",
      paramLabel = "FILE",
      description = "The entry's bytes, for a proof file that does not carry them.")
  private @Nullable Path entryFile;

  @Option(
      names = "--payload",
      paramLabel = "FILE",
      description = "The payload: exactly the bytes that were sent.")
  private @Nullable Path payloadFile;

  @Option(
      names = "--salt",
      paramLabel = "BASE64",
      description =
          "The salt of a payload that the entry keeps as a salted commitment, as append and prove"
              + " print it.")
  private String salt = "";

  void requireOneFile(int files) {
    if (files > 1 && (entryFile != null || payloadFile != null || !salt.isEmpty())) {
      throw new CannotTellException("--entry, --payload and --salt go with one proof file");
    }
  }

  List<Finding> judge(ProofFile proof) {
    return judge(proof, "");
  }

  /** With the salt that came with the proof, where the user gives none. */
  List<Finding> judge(ProofFile proof, String saltAtHand) {
    byte[] leaf = entryFile == null ? proof.extra() : Verify.read(entryFile, Entry.BYTES_MAX);
    if (leaf.length == 0) {
      return List.of(
          Finding.unknown(
              "entry", "the proof file does not carry its entry: give it with --entry FILE"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(inclusion(proof, leaf));
    Entry entry;
    try {
      entry = Entry.ofBytes(leaf);
    } catch (MalformedException e) {
      findings.add(
          payloadFile == null
              ? Finding.valid("entry", Words.count(leaf.length) + " bytes, of no Mooring ledger")
              : Finding.unknown("payload", "the entry is of no Mooring ledger: " + e.getMessage()));
      return findings;
    }
    findings.add(Finding.valid("entry", describe(entry)));
    if (payloadFile != null) {
      byte[] payload = Verify.read(payloadFile, Verify.PAYLOAD_BYTES_MAX);
      findings.add(payload(entry.payload(), payload, salt.isEmpty() ? saltAtHand : salt));
    }
    return findings;
  }

  private static Finding inclusion(ProofFile proof, byte[] leaf) {
    Verdict verdict = proof.proof().check(Hash.ofLeaf(leaf), proof.signed().checkpoint().head());
    return switch (verdict) {
      case Verified verified ->
          Finding.valid("inclusion", "entry " + Words.count(proof.proof().index()) + " of the log");
      case Refuted refuted -> Finding.invalid("inclusion", Words.of(refuted.reason()));
    };
  }

  private static Finding payload(Payload kept, byte[] payload, String salt) {
    if (kept.salted() && salt.isEmpty()) {
      return Finding.unknown("payload", "the entry keeps a salted commitment: give --salt BASE64");
    }
    boolean matches = kept.salted() ? kept.matches(parsed(salt), payload) : kept.matches(payload);
    return matches
        ? Finding.valid("payload", Words.count(payload.length) + " bytes, those of the entry")
        : Finding.invalid("payload", "these are not the bytes that the entry was made for");
  }

  private static Salt parsed(String salt) {
    try {
      return Salt.of(CanonicalBase64.decode(salt));
    } catch (MalformedException e) {
      throw new CannotTellException("the salt is none: " + e.getMessage(), e);
    }
  }

  private static String describe(Entry entry) {
    String words = "type " + entry.type();
    return entry.subject().isEmpty() ? words : words + ", subject " + entry.subject();
  }
}
