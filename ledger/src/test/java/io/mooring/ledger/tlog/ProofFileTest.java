package io.mooring.ledger.tlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Verdict;
import io.mooring.ledger.Verdict.Reason;
import io.mooring.ledger.Verdict.Refuted;
import io.mooring.ledger.Verdict.Verified;
import io.mooring.ledger.note.LogSigner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProofFileTest {
  private static final SampleLog LOG = new SampleLog(1000);
  private static final String FILE = LOG.proof(700).encoded();

  @Test
  void provesItsEntryAndSaysTheSameAgain() {
    ProofFile proof = ProofFile.parse(FILE);
    assertArrayEquals(SampleLog.entry(700), proof.extra());
    assertEquals(new Verified(), check(proof));
    assertEquals(FILE, proof.encoded());
  }

  @Test
  void isMadeOfTheLinesOfTheSpecification() {
    String[] lines = FILE.split("\n");
    assertEquals("c2sp.org/tlog-proof@v1", lines[0]);
    assertEquals("index 700", lines[2]);
    assertEquals("", lines[13]);
    assertEquals("log.example/ship", lines[14]);
    assertEquals("1000", lines[15]);
  }

  /** Case 33: no bit of a file can change without the proof being refused. */
  @Test
  void everyFlippedBitIsRefused() {
    byte[] honest = FILE.getBytes();
    for (int bit = 0; bit < honest.length * 8; bit++) {
      byte[] bent = honest.clone();
      bent[bit / 8] ^= (byte) (1 << bit % 8);
      Verdict verdict;
      try {
        verdict = check(ProofFile.parse(bent));
      } catch (MalformedException refused) {
        continue;
      }
      assertFalse(verdict.verified(), "bit " + bit);
    }
  }

  /** Case 42: an entry of one log with a checkpoint of another. */
  @Test
  void refusesTheCheckpointOfAnotherLog() {
    LogSigner other = LogSigner.ofSeed("log.example/other", new byte[32]);
    SignedCheckpoint elsewhere =
        SignedCheckpoint.sign(
            new Checkpoint("log.example/other", LOG.signed().checkpoint().head()), other);
    ProofFile proof = ProofFile.parse(FILE);
    ProofFile moved = new ProofFile(proof.extra(), proof.proof(), elsewhere);
    assertEquals(new Refuted(Reason.ORIGIN_DIFFERS), check(moved));
  }

  @Test
  void refusesASignerThatIsNotTheLog() {
    byte[] otherSeed = new byte[32];
    otherSeed[0] = 1;
    LogSigner impostor = LogSigner.ofSeed("log.example/ship", otherSeed);
    ProofFile proof = new SampleLog(1000, impostor).proof(700);
    assertEquals(new Refuted(Reason.NOT_SIGNED_BY_A_KNOWN_KEY), check(proof));
  }

  @Test
  void needsNoExtraData() {
    ProofFile full = ProofFile.parse(FILE);
    ProofFile bare = new ProofFile(new byte[0], full.proof(), full.signed());
    assertFalse(bare.encoded().contains("extra"));
    assertEquals(0, ProofFile.parse(bare.encoded()).extra().length);
    assertEquals(
        new Verified(),
        ProofFile.parse(bare.encoded()).check(Hash.ofLeaf(SampleLog.entry(700)), SampleLog.POLICY));
  }

  @Test
  void provesTheOnlyEntryOfALogWithoutAPath() {
    ProofFile proof = ProofFile.parse(new SampleLog(1).proof(0).encoded());
    assertEquals(new Verified(), proof.check(Hash.ofLeaf(SampleLog.entry(0)), SampleLog.POLICY));
  }

  @ParameterizedTest
  @MethodSource
  void refuses(String file) {
    assertThrows(MalformedException.class, () -> ProofFile.parse(file));
  }

  static Stream<Arguments> refuses() {
    String hash = FILE.split("\n")[3];
    return Stream.of(
        argumentSet("nothing", ""),
        argumentSet("another version", FILE.replace("@v1", "@v2")),
        argumentSet("no index", FILE.replace("index 700\n", "")),
        argumentSet("a leading zero", FILE.replace("index 700", "index 0700")),
        argumentSet("a negative index", FILE.replace("index 700", "index -1")),
        argumentSet("an index of 2^63", FILE.replace("index 700", "index 9223372036854775808")),
        argumentSet("two indexes", FILE.replace("index 700", "index 700\nindex 700")),
        argumentSet("an empty extra line", FILE.replaceFirst("extra .*", "extra ")),
        argumentSet("extra after index", FILE.replaceFirst("(extra .*\n)(index .*\n)", "$2$1")),
        argumentSet("a short hash", FILE.replace(hash, hash.substring(4))),
        argumentSet("64 hashes", FILE.replace(hash, (hash + "\n").repeat(64).strip())),
        argumentSet("CRLF", FILE.replace("\n", "\r\n")),
        argumentSet("no checkpoint", FILE.substring(0, FILE.indexOf("\n\n") + 2)),
        argumentSet("something after it", FILE + "more"),
        argumentSet("too long", FILE + "x".repeat(ProofFile.BYTES_MAX)));
  }

  private static Verdict check(ProofFile proof) {
    return proof.check(Hash.ofLeaf(proof.extra()), SampleLog.POLICY);
  }
}
