package io.mooring.ledger.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.ledger.ConsistencyProof;
import io.mooring.ledger.Head;
import io.mooring.ledger.Tree;
import io.mooring.ledger.note.Cosigner;
import io.mooring.ledger.note.SignatureType;
import io.mooring.ledger.tlog.SampleLog;
import io.mooring.ledger.tlog.TileNodes;
import io.mooring.testing.Go;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our checkpoints, tiles and proofs under {@code golang.org/x/mod/sumdb}. */
class GoVerifiesUsTest {
  private static final Cosigner WITNESS =
      Cosigner.ofSeed(
          "witness.example/1",
          SignatureType.ED25519_COSIGNATURE,
          new byte[32],
          InstantSource.fixed(Instant.ofEpochSecond(1_780_000_000)));

  @TempDir private Path folder;

  private static Path foreign;

  @BeforeAll
  static void build() {
    foreign = Go.build(Path.of("src/test/go"));
  }

  @ParameterizedTest(name = "{0} entries, every {1}th proven")
  @CsvSource({"1,1", "2,1", "255,1", "256,1", "257,1", "600,7", "70000,9973"})
  void everythingOfALog(int size, int step) throws IOException {
    write(folder, new SampleLog(size, SampleLog.SIGNER, WITNESS), step);
    Go.Outcome outcome = Go.run(foreign, "verify", folder.toString());
    int proofs = (size + step - 1) / step;
    assertEquals(
        "verified %d entries, %d proofs, %d consistency proofs\n".formatted(size, proofs, proofs),
        outcome.output());
  }

  /** Shows that the verification above is one. */
  @ParameterizedTest
  @CsvSource({
    "checkpoint,0",
    "checkpoint,40",
    "tile/entries/001,30",
    "tile/0/001,31",
    "tile/1/000.p/2,0",
    "proofs/7,200",
    "consistency/8,60"
  })
  void andRefusesItBent(String file, int at) throws IOException {
    write(folder, new SampleLog(600, SampleLog.SIGNER, WITNESS), 7);
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    bytes[at] ^= 1;
    Files.write(folder.resolve(file), bytes);
    assertEquals(1, Go.run(foreign, "verify", folder.toString()).exit());
  }

  private static void write(Path folder, SampleLog log, int step) throws IOException {
    Map<String, byte[]> files = new TreeMap<>(log.files());
    files.put("key", SampleLog.SIGNER.verifierKey().toString().getBytes());
    files.put("witness-key", WITNESS.verifierKey().toString().getBytes());
    Tree tree = new Tree(log.size(), new TileNodes(log.size(), log));
    for (int index = 0; index < log.size(); index += step) {
      files.put("proofs/" + index, log.proof(index).encoded().getBytes());
      int older = index + 1;
      Head before = new Tree(older, new TileNodes(log.size(), log)).head();
      files.put("consistency/" + older, lines(before, tree.consistency(older)).getBytes());
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  private static String lines(Head before, ConsistencyProof proof) {
    return Stream.concat(Stream.of(before.root()), proof.path().stream())
        .map(hash -> hash.base64() + "\n")
        .collect(Collectors.joining());
  }
}
