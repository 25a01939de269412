package io.mooring.ledger.bench;

import io.mooring.ledger.DeviceCount;
import io.mooring.ledger.Entry;
import io.mooring.ledger.Frontier;
import io.mooring.ledger.Growth;
import io.mooring.ledger.Hash;
import io.mooring.ledger.InclusionProof;
import io.mooring.ledger.Payload;
import io.mooring.ledger.Submission;
import io.mooring.ledger.Verdict;
import io.mooring.ledger.audit.Audit;
import io.mooring.ledger.audit.AuditReport;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledger.tlog.SampleLog;
import io.mooring.ledger.tlog.SignedCheckpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What the log costs on one core, without a store or a network: {@code mvn test -pl ledger
 * -Dtest=LedgerBenchmark}. A batch is 1,000 entries onto a log of a million.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LedgerBenchmark {
  private static final int BATCH = 1000;
  private static final int LOG = 131_072;
  private static final int ENTRY_BYTES = 250;

  private final Frontier million =
      new Frontier(1_000_000, Collections.nCopies(7, Hash.ofLeaf(new byte[0])));
  private final List<byte[]> entries =
      IntStream.range(0, BATCH).mapToObj(i -> new byte[ENTRY_BYTES]).toList();
  private final Entry entry =
      Entry.of(
              "shipment.moved",
              "urn:epc:id:sgtin:0614141.107346.2017",
              Payload.of(new byte[99], ""))
          .with(new Submission("mk_live_7", 1_780_000_000_000L, Hash.ofBytes(new byte[16])))
          .with(new DeviceCount("dev_12", 40_961));
  private final byte[] entryBytes = entry.toBytes();
  private final SampleLog log = new SampleLog(LOG, i -> new byte[ENTRY_BYTES], SampleLog.SIGNER);
  private final SignedCheckpoint signed = log.signed();
  private final String proofFile = log.proof(LOG / 3).encoded();

  @Test
  void run() throws RunnerException {
    new Runner(new OptionsBuilder().include(getClass().getName()).build()).run();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public List<InclusionProof> hashAndProveABatchOfEntries() {
    List<Hash> leaves = new ArrayList<>(BATCH);
    entries.forEach(bytes -> leaves.add(Hash.ofLeaf(bytes)));
    Growth growth = new Growth(million, leaves);
    return IntStream.range(0, BATCH).mapToObj(growth::inclusion).toList();
  }

  @Benchmark
  public byte[] encodeAnEntry() {
    return entry.toBytes();
  }

  @Benchmark
  public Entry readAnEntry() {
    return Entry.ofBytes(entryBytes);
  }

  @Benchmark
  public String signACheckpoint() {
    return SignedCheckpoint.sign(signed.checkpoint(), SampleLog.SIGNER).encoded();
  }

  @Benchmark
  public Verdict readAndVerifyAProofFile() {
    ProofFile proof = ProofFile.parse(proofFile);
    return proof.check(Hash.ofLeaf(proof.extra()), SampleLog.POLICY);
  }

  @Benchmark
  @OperationsPerInvocation(LOG)
  public AuditReport auditEntries() {
    AuditReport report = Audit.of(log, signed.checkpoint(), done -> {});
    if (!report.sound()) {
      throw new AssertionError(report);
    }
    return report;
  }
}
