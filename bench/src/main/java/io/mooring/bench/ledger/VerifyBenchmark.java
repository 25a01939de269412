package io.mooring.bench.ledger;

import io.mooring.ledger.Hash;
import io.mooring.ledger.InclusionProof;
import io.mooring.ledger.Tree;
import io.mooring.ledger.Verdict;
import io.mooring.ledger.audit.Audit;
import io.mooring.ledger.audit.AuditReport;
import io.mooring.ledger.note.VerifierKey;
import io.mooring.ledger.tlog.LogFolder;
import io.mooring.ledger.tlog.LogPath.OfCheckpoint;
import io.mooring.ledger.tlog.Policy;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledger.tlog.SignedCheckpoint;
import io.mooring.ledger.tlog.TileNodes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What somebody who checks a {@link WrittenLog} waits for, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class VerifyBenchmark {
  /** The system property that names the folder of the log. */
  static final String FOLDER = "log";

  private static final long INDEX = 700_001;

  private final LogFolder files = WrittenLog.in(Path.of(System.getProperty(FOLDER)));
  private final Policy policy = Policy.of(VerifierKey.parse(WrittenLog.key()));
  private final SignedCheckpoint signed =
      SignedCheckpoint.parse(files.read(new OfCheckpoint()).orElseThrow());
  private final byte[] proof = proofOf(INDEX);

  private byte[] proofOf(long index) {
    long size = signed.checkpoint().size();
    InclusionProof inclusion = new Tree(size, new TileNodes(size, files)).inclusion(index);
    return new ProofFile(WrittenLog.entry(index), inclusion, signed)
        .encoded()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** From the file's bytes to the verdict: parsed, the entry hashed, one signature, the path. */
  @Benchmark
  public Verdict proofFile() {
    ProofFile file = ProofFile.parse(proof);
    Verdict verdict = file.check(Hash.ofLeaf(file.extra()), policy);
    if (!verdict.verified()) {
      throw new AssertionError(verdict);
    }
    return verdict;
  }

  /** Every file read, every entry and every tile hashed, up to the root that is signed. */
  @Benchmark
  public AuditReport audit() {
    AuditReport report = Audit.of(files, signed.checkpoint(), done -> {});
    if (!report.sound()) {
      throw new AssertionError(report.damages());
    }
    return report;
  }
}
