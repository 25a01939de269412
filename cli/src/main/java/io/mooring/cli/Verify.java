package io.mooring.cli;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.audit.Audit;
import io.mooring.ledger.audit.AuditReport;
import io.mooring.ledger.audit.Damage;
import io.mooring.ledger.note.Note;
import io.mooring.ledger.tlog.LogFolder;
import io.mooring.ledger.tlog.LogPath.OfCheckpoint;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledger.tlog.SignedCheckpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code moor verify}: proof files, receipts, checkpoints and mirrored logs, with no network at
 * all.
 */
@Command(
    name = "verify",
    description = {
      "Verify files offline: proof files (.tlog-proof), receipts of appends (the JSON as it was"
          + " answered), signed checkpoints, and folders that moor mirror made.",
      "Exit code 0: everything is valid; 1: something is invalid; 2: it cannot be told, say because"
          + " no key is given."
    })
final class Verify implements Callable<Integer> {
  static final int PAYLOAD_BYTES_MAX = 1 << 30;

  private static final String PROOF_BEGINS = "c2sp.org/tlog-proof@";

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "What to verify.")
  @SuppressWarnings("NullAway.Init")
  private List<Path> files;

  @Mixin private Trust trust = new Trust();
  @Mixin private EntryOptions entry = new EntryOptions();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    entry.requireOneFile(files.size());
    List<Report> reports = new ArrayList<>();
    for (Path file : files) {
      reports.add(new Report(file.toString(), findings(file)));
    }
    return output.reports(reports);
  }

  private List<Finding> findings(Path file) {
    if (Files.isDirectory(file)) {
      return folder(new LogFolder(file));
    }
    byte[] bytes = read(file, ProofFile.BYTES_MAX);
    boolean isProof = new String(bytes, StandardCharsets.ISO_8859_1).startsWith(PROOF_BEGINS);
    if (isProof) {
      return proof(bytes);
    }
    return bytes.length > 0 && bytes[0] == '{' ? receipt(bytes) : checkpoint(bytes);
  }

  private List<Finding> proof(byte[] bytes) {
    ProofFile proof;
    try {
      proof = ProofFile.parse(bytes);
    } catch (MalformedException e) {
      return List.of(Finding.invalid("form", "this is no proof file: " + e.getMessage()));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(trust.judge(proof.signed()));
    findings.addAll(entry.judge(proof));
    return findings;
  }

  private List<Finding> receipt(byte[] bytes) {
    Optional<ReceiptFile> receipt;
    try {
      receipt = ReceiptFile.read(bytes);
    } catch (MalformedException e) {
      return List.of(Finding.invalid("form", "this is no whole receipt: " + e.getMessage()));
    }
    if (receipt.isEmpty()) {
      return List.of(Finding.unknown("form", "this is JSON, but no receipt of an append"));
    }
    ProofFile proof = receipt.get().proof();
    List<Finding> findings = new ArrayList<>();
    findings.add(trust.judge(proof.signed()));
    findings.add(receipt.get().judge());
    findings.addAll(entry.judge(proof, receipt.get().salt()));
    return findings;
  }

  private List<Finding> checkpoint(byte[] bytes) {
    Note note;
    try {
      note = Note.parse(bytes);
    } catch (MalformedException e) {
      return List.of(
          Finding.unknown("form", "this is neither a proof file nor a signed checkpoint"));
    }
    try {
      return List.of(trust.judge(new SignedCheckpoint(note)));
    } catch (MalformedException e) {
      return List.of(
          Finding.unknown("form", "this is a signed note, but no checkpoint: " + e.getMessage()));
    }
  }

  private List<Finding> folder(LogFolder folder) {
    byte[] bytes = folder.read(new OfCheckpoint()).orElse(new byte[0]);
    if (bytes.length == 0) {
      return List.of(Finding.unknown("form", "this folder holds no checkpoint"));
    }
    SignedCheckpoint signed;
    try {
      signed = SignedCheckpoint.parse(bytes);
    } catch (MalformedException e) {
      return List.of(Finding.invalid("form", "the checkpoint is none: " + e.getMessage()));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(trust.judge(signed));
    Progress progress = new Progress(output, "hashed", signed.checkpoint().size());
    AuditReport report = Audit.of(folder, signed.checkpoint(), progress::upTo);
    if (report.sound()) {
      String entries = Words.count(signed.checkpoint().size(), "entry", "entries");
      findings.add(Finding.valid("log", entries + " hashed again, every tile and the root fit"));
    }
    for (Damage damage : report.damages()) {
      findings.add(Finding.invalid("log", damage.inWords()));
    }
    return findings;
  }

  static byte[] read(Path file, int bytesMax) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(bytesMax);
      if (in.read() >= 0) {
        throw new CannotTellException(file + " has more than " + Words.count(bytesMax) + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new CannotTellException(file + " cannot be read", e);
    }
  }
}
