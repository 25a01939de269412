package io.mooring.cli;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.Head;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.audit.Audit;
import io.mooring.ledger.audit.AuditReport;
import io.mooring.ledger.audit.Damage;
import io.mooring.ledger.tlog.LogFolder;
import io.mooring.ledger.tlog.LogPath.OfCheckpoint;
import io.mooring.ledger.tlog.SignedCheckpoint;
import io.mooring.ledger.tlog.Tiling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code moor mirror}: copies a public log and verifies all of it. The folder's checkpoint is
 * written last, so what it names has always been verified; a copy cut short goes on where it was.
 */
@Command(
    name = "mirror",
    description = {
      "Copy a public log (C2SP tlog-tiles) into a folder and verify all of it: signature, every"
          + " entry, every tile, the root, and that it grew from what the folder held before.",
      "Run it again to go on after a break, or to follow the log. Exit code 0: all is valid; 1: the"
          + " log is damaged or contradicts itself; 2: it cannot be told."
    })
final class Mirror implements Callable<Integer> {
  private static final String CONTRADICTING = "checkpoint.contradicting";

  @Parameters(index = "0", paramLabel = "URL", description = "The log's address: …/log")
  @SuppressWarnings("NullAway.Init")
  private String url;

  @Parameters(index = "1", paramLabel = "DIR", description = "The folder for the copy.")
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many files to fetch at once. Default: ${DEFAULT-VALUE}")
  private int connections;

  @Option(
      names = "--retry-pause",
      paramLabel = "DURATION",
      defaultValue = "PT0.25S",
      description =
          "How long to wait before a failed fetch is tried again; it doubles each time. Default:"
              + " ${DEFAULT-VALUE}")
  private Duration retryPause = Duration.ZERO;

  @Mixin private Trust trust = new Trust();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    if (!trust.hasKeys()) {
      throw new CannotTellException(
          "give the log's key with --key: a copy is worth what you know of who signed it");
    }
    try (Web web = new Web()) {
      RemoteLog remote = new RemoteLog(web, url, retryPause);
      return copy(remote, new LogFolder(folder));
    }
  }

  private int copy(RemoteLog remote, LogFolder local) {
    byte[] newest =
        remote
            .read(new OfCheckpoint())
            .orElseThrow(() -> new CannotTellException("there is no log at " + url));
    SignedCheckpoint signed;
    try {
      signed = SignedCheckpoint.parse(newest);
    } catch (MalformedException e) {
      return answer(
          List.of(Finding.invalid("checkpoint", "it is none: " + e.getMessage())), Head.empty(), 0);
    }
    Head head = signed.checkpoint().head();
    Finding signature = trust.judge(signed);
    if (signature.judgement() != Judgement.VALID) {
      return answer(List.of(signature), head, 0);
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(signature);
    Optional<Checkpoint> before = local.read(new OfCheckpoint()).map(this::trusted);
    before.ifPresent(older -> findings.add(Growth.judge(older, signed.checkpoint(), remote)));
    if (findings.getLast().judgement() != Judgement.VALID) {
      keepEvidence(newest);
      return answer(findings, head, 0);
    }

    Fetching fetching = new Fetching(remote, local, connections);
    Tiling tiling = new Tiling(head.size());
    long fetched = fetching.all(tiling, new Progress(output, "fetched", tiling.fileCount()));
    AuditReport report = audit(local, signed.checkpoint());
    if (!report.sound()) { // perhaps only the copy is damaged: fetch those files once more
      report.damages().stream()
          .map(Damage::file)
          .filter(file -> !(file instanceof OfCheckpoint))
          .distinct()
          .forEach(fetching::again);
      report = audit(local, signed.checkpoint());
    }
    findings.addAll(log(report));
    if (report.sound()) {
      local.write(new OfCheckpoint(), newest);
    }
    return answer(findings, head, fetched);
  }

  /** The checkpoint of the last run; it was verified then, and must verify now. */
  private Checkpoint trusted(byte[] bytes) {
    SignedCheckpoint signed;
    try {
      signed = SignedCheckpoint.parse(bytes);
    } catch (MalformedException e) {
      throw new CannotTellException(folder + " holds a damaged checkpoint: " + e.getMessage(), e);
    }
    if (trust.judge(signed).judgement() != Judgement.VALID) {
      throw new CannotTellException(folder + " holds another log, or a checkpoint of other keys");
    }
    return signed.checkpoint();
  }

  /** Two signed checkpoints that contradict each other prove it to anybody: both are kept. */
  private void keepEvidence(byte[] contradicting) {
    try {
      Files.write(folder.resolve(CONTRADICTING), contradicting);
    } catch (IOException e) {
      throw new CannotTellException("the evidence cannot be kept in " + folder, e);
    }
  }

  private AuditReport audit(LogFolder local, Checkpoint checkpoint) {
    Progress progress = new Progress(output, "hashed", checkpoint.size());
    return Audit.of(local, checkpoint, progress::upTo);
  }

  private static List<Finding> log(AuditReport report) {
    if (report.sound()) {
      String entries = Words.count(report.checkpoint().size(), "entry", "entries");
      return List.of(Finding.valid("log", entries + " hashed, every tile and the root fit"));
    }
    return report.damages().stream()
        .map(damage -> Finding.invalid("log", damage.inWords()))
        .toList();
  }

  private int answer(List<Finding> findings, Head head, long fetched) {
    Report report = new Report(url, findings);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("size", head.size());
    facts.put("root", head.root().base64());
    facts.put("fetched", fetched);
    facts.put("report", Output.asMap(report));
    return output.result(report.judgement(), facts, report.inWords().strip());
  }
}
