package io.mooring.cli;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Utf8;
import io.mooring.ledger.tlog.ProofFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Fetches a proof file, judges it, and keeps it where the user says. */
final class ProofOptions {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the proof file here, once it has been verified.")
  private @Nullable Path out;

  ProofFile fetch(Web web, Server server, String ledger, long index) {
    ProofFile proof;
    try {
      proof = ProofFile.parse(server.proof(web, ledger, index));
    } catch (MalformedException e) {
      throw new CannotTellException("the server's proof file is none: " + e.getMessage(), e);
    }
    if (proof.proof().index() != index) {
      throw new CannotTellException("the server's proof is of entry " + proof.proof().index());
    }
    return proof;
  }

  /** Judges under the keys that the user gave; without any, the server is asked for its key. */
  List<Finding> judge(Web web, Server server, String ledger, ProofFile proof, Trust trust) {
    List<Finding> findings = new ArrayList<>();
    if (!trust.hasKeys()) {
      findings.add(trust.addKeyOf(web, server, ledger));
    }
    findings.add(trust.judge(proof.signed()));
    findings.addAll(new EntryOptions().judge(proof));
    return findings;
  }

  void write(ProofFile proof) {
    if (out == null) {
      return;
    }
    try {
      Files.write(out, Utf8.encode(proof.encoded()));
    } catch (IOException e) {
      throw new CannotTellException(out + " cannot be written", e);
    }
  }
}
