package io.mooring.ledger.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.mooring.ledger.ConsistencyProof;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.ledger.Verdict.Verified;
import io.mooring.ledger.audit.Audit;
import io.mooring.ledger.note.VerifierKey;
import io.mooring.ledger.tlog.LogFolder;
import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledger.tlog.Policy;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledger.tlog.SignedCheckpoint;
import io.mooring.testing.Go;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log made by Go under our verifiers. */
class WeVerifyGoTest {
  @TempDir private Path folder;

  private static Path foreign;

  @BeforeAll
  static void build() {
    foreign = Go.build(Path.of("src/test/go"));
  }

  @ParameterizedTest(name = "{0} entries")
  @ValueSource(ints = {1, 2, 255, 256, 257, 600})
  void everythingOfALog(int size) throws IOException {
    Go.run(foreign, "make", folder.toString(), Integer.toString(size));
    VerifierKey witness = VerifierKey.parse(text("witness-key"));
    Policy policy =
        Policy.of(VerifierKey.parse(text("key"))).withWitnesses(List.of(witness), 1, 1_700_000_000);

    LogFolder log = new LogFolder(folder);
    SignedCheckpoint signed =
        SignedCheckpoint.parse(log.read(new LogPath.OfCheckpoint()).orElseThrow());
    assertEquals(new Verified(), policy.check(signed));
    assertEquals(size, signed.checkpoint().size());
    assertEquals(List.of(), Audit.of(log, signed.checkpoint(), done -> {}).damages());
    for (int index = 0; index < size; index++) {
      ProofFile proof = ProofFile.parse(text("proofs/" + index));
      assertEquals(new Verified(), proof.check(Hash.ofLeaf(proof.extra()), policy));
      assertFalse(proof.check(Hash.ofLeaf("other".getBytes()), policy).verified());
      checkGrowth(index + 1, signed.checkpoint().head());
    }
  }

  private void checkGrowth(int older, Head head) throws IOException {
    List<Hash> lines = text("consistency/" + older).lines().map(Hash::ofBase64).toList();
    Head before = new Head(older, lines.getFirst());
    ConsistencyProof proof = new ConsistencyProof(lines.subList(1, lines.size()));
    assertEquals(new Verified(), proof.check(before, head));
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}
