package io.mooring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.Entry;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.ledger.InclusionProof;
import io.mooring.ledger.Payload;
import io.mooring.ledger.Salt;
import io.mooring.ledger.note.Cosigner;
import io.mooring.ledger.note.LogSigner;
import io.mooring.ledger.note.SignatureType;
import io.mooring.ledger.tlog.LogFolder;
import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledger.tlog.SampleLog;
import io.mooring.ledger.tlog.SignedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
  private static final SampleLog LOG = new SampleLog(1000);
  private static final String KEY = SampleLog.SIGNER.verifierKey().toString();

  @TempDir private Path folder;

  @Test
  void aValidProofIsValidLayerByLayer() throws IOException {
    Path proof = file("e.tlog-proof", LOG.proof(700).encoded());
    Path payload = file("payload.json", new String(SampleLog.payload(700)));
    Run run = Run.moor("verify", proof, "--key", KEY, "--payload", payload);
    assertEquals(
        """
        %s: valid
          ok  checkpoint  signed by log.example/ship, 1,000 entries
          ok  inclusion   entry 700 of the log
          ok  entry       type shipment.moved, subject container-0
          ok  payload     17 bytes, those of the entry
        """
            .formatted(proof),
        run.out());
    assertEquals(0, run.exit());
  }

  @Test
  void answersInJsonOnOneLine() throws IOException {
    Path proof = file("e.tlog-proof", LOG.proof(700).encoded());
    Run run = Run.moor("verify", "--json", proof, "--key", KEY);
    assertTrue(
        run.out().startsWith("{\"verdict\":\"valid\",\"reports\":[{\"subject\":"), run.out());
    assertEquals(1, run.out().lines().count());
    assertEquals(0, run.exit());
  }

  @Test
  void aReceiptVerifiesAloneAgainstTheBytesThatWereSent() throws IOException {
    byte[] sent = "{\"seal\": \"A7\"}".getBytes();
    Salt salt = Salt.random(new Random(7));
    byte[] entry = Entry.of("t", "s", Payload.salted(salt, sent, "application/json")).toBytes();
    String receipt = receipt(entry, salt);
    Path file = file("receipt.json", receipt);
    Path payload = file("sent", new String(sent));

    Run run = Run.moor("verify", file, "--key", KEY, "--payload", payload);

    assertEquals(
        """
        %s: valid
          ok  checkpoint  signed by log.example/ship, 1 entry
          ok  receipt     its leaf hash is that of its entry
          ok  inclusion   entry 0 of the log
          ok  entry       type t, subject s
          ok  payload     14 bytes, those of the entry
        """
            .formatted(file),
        run.out());
    assertEquals(0, run.exit());
    assertEquals(2, Run.moor("verify", file, "--payload", payload).exit());
    Path other = file("other", "{\"seal\": \"A8\"}");
    assertEquals(1, Run.moor("verify", file, "--key", KEY, "--payload", other).exit());
  }

  @Test
  void noBentByteOfAReceiptIsValid() throws IOException {
    byte[] sent = {1, 2, 3};
    Salt salt = Salt.random(new Random(7));
    byte[] entry = Entry.of("t", "s", Payload.salted(salt, sent, "")).toBytes();
    byte[] receipt = receipt(entry, salt).getBytes();
    Path payload = Files.write(folder.resolve("sent"), sent);
    for (int at = 0; at < receipt.length; at++) {
      byte[] bent = receipt.clone();
      bent[at] ^= 1;
      Path file = Files.write(folder.resolve("bent.json"), bent);
      int exit = Run.moor("verify", file, "--key", KEY, "--payload", payload).exit();
      assertTrue(exit == 1 || exit == 2, "byte " + at + " of " + new String(receipt));
    }
    Path json = file("some.json", "{\"a\":1}");
    assertEquals(2, Run.moor("verify", json, "--key", KEY).exit());
  }

  private static String receipt(byte[] entry, Salt salt) {
    Hash leaf = Hash.ofLeaf(entry);
    Checkpoint checkpoint = new Checkpoint("log.example/ship", new Head(1, leaf));
    return Json.write(
        Map.of(
            "index", 0L,
            "leafHash", leaf.base64(),
            "checkpoint", SignedCheckpoint.sign(checkpoint, SampleLog.SIGNER).encoded(),
            "proof", List.of(),
            "entry", CanonicalBase64.encode(entry),
            "salt", CanonicalBase64.encode(salt.bytes())));
  }

  @Test
  void withoutAKeyItCannotTell() throws IOException {
    Path proof = file("e.tlog-proof", LOG.proof(700).encoded());
    Run run = Run.moor("verify", proof);
    assertTrue(run.out().contains("?  checkpoint  no --key is given for the log log.example/ship"));
    assertTrue(run.out().contains("ok  inclusion"));
    assertEquals(2, run.exit());
  }

  @Test
  void namesTheLayerThatFailed() throws IOException {
    ProofFile honest = LOG.proof(700);
    fails(
        "checkpoint  a signature that names a known key was not made by it",
        honest.encoded().replace("\n1000\n", "\n1001\n"));
    fails(
        "inclusion   the path does not lead from this entry to the signed root",
        new ProofFile(SampleLog.entry(701), honest.proof(), honest.signed()).encoded());
    fails(
        "inclusion   the path has fewer hashes than such a tree",
        new ProofFile(
                honest.extra(),
                new InclusionProof(700, honest.proof().path().subList(0, 9)),
                honest.signed())
            .encoded());
    fails("inclusion   the entry's index is beyond", honest.encoded().replace("700", "1000"));
    fails("form        this is no proof file", honest.encoded().replace("index 700", "index 0700"));
    fails("form        this is no proof file", honest.encoded().replace("@v1", "@v2"));
  }

  private void fails(String words, String proof) throws IOException {
    Run run = Run.moor("verify", file("bent.tlog-proof", proof), "--key", KEY);
    assertTrue(run.out().contains("NO  " + words), run.out());
    assertEquals(1, run.exit());
  }

  @Test
  void anotherPayloadIsInvalid() throws IOException {
    Path proof = file("e.tlog-proof", LOG.proof(700).encoded());
    Path payload = file("payload.json", new String(SampleLog.payload(701)));
    Run run = Run.moor("verify", proof, "--key", KEY, "--payload", payload);
    assertTrue(run.out().contains("NO  payload     these are not the bytes"), run.out());
    assertEquals(1, run.exit());
  }

  @Test
  void aSaltedPayloadNeedsItsSalt() throws IOException {
    Salt salt = Salt.random(new Random(1));
    byte[] entry = Entry.of("secret", "", Payload.salted(salt, "mine".getBytes(), "")).toBytes();
    SampleLog log = new SampleLog(1, index -> entry, SampleLog.SIGNER);
    Path proof = file("s.tlog-proof", log.proof(0).encoded());
    Path payload = file("payload", "mine");
    String base64 = CanonicalBase64.encode(salt.bytes());
    String other = CanonicalBase64.encode(Salt.random(new Random(2)).bytes());

    assertEquals(2, Run.moor("verify", proof, "--key", KEY, "--payload", payload).exit());
    assertEquals(
        0, Run.moor("verify", proof, "--key", KEY, "--payload", payload, "--salt", base64).exit());
    assertEquals(
        1, Run.moor("verify", proof, "--key", KEY, "--payload", payload, "--salt", other).exit());
    assertEquals(
        2, Run.moor("verify", proof, "--key", KEY, "--payload", payload, "--salt", "xy").exit());
    // Erased: neither payload nor salt are left, and the proof stands.
    assertEquals(0, Run.moor("verify", proof, "--key", KEY).exit());
  }

  @Test
  void takesTheEntryFromAFileWhenTheProofCarriesNone() throws IOException {
    ProofFile full = LOG.proof(700);
    Path bare = file("b", new ProofFile(new byte[0], full.proof(), full.signed()).encoded());
    Path entry = folder.resolve("entry.cbor");
    Files.write(entry, SampleLog.entry(700));

    Run without = Run.moor("verify", bare, "--key", KEY);
    assertTrue(without.out().contains("?  entry"), without.out());
    assertEquals(2, without.exit());
    assertEquals(0, Run.moor("verify", bare, "--key", KEY, "--entry", entry).exit());
  }

  @Test
  void theWorstOfManyFilesDecides() throws IOException {
    Path good = file("good", LOG.proof(1).encoded());
    Path bad = file("bad", LOG.proof(2).encoded().replace("index 2", "index 3"));
    Path odd = file("odd", "a shopping list\n");
    assertEquals(0, Run.moor("verify", good, good, "--key", KEY).exit());
    assertEquals(2, Run.moor("verify", good, odd, "--key", KEY).exit());
    assertEquals(1, Run.moor("verify", good, odd, bad, "--key", KEY).exit());
    assertEquals(2, Run.moor("verify", good, good, "--payload", odd, "--key", KEY).exit());
  }

  @Test
  void verifiesACheckpointAlone() throws IOException {
    Path checkpoint = file("checkpoint", LOG.signed().encoded());
    assertEquals(0, Run.moor("verify", checkpoint, "--key", KEY).exit());
    byte[] otherSeed = new byte[32];
    otherSeed[0] = 1;
    String impostor = LogSigner.ofSeed("log.example/ship", otherSeed).verifierKey().toString();
    Run run = Run.moor("verify", checkpoint, "--key", impostor);
    assertTrue(run.out().contains("NO  checkpoint  no key of this log"), run.out());
    assertEquals(1, run.exit());
  }

  @Test
  void readsManyKeysFromAFileAndTakesOneThatFits() throws IOException {
    byte[] otherSeed = new byte[32];
    otherSeed[0] = 1;
    LogSigner newer = LogSigner.ofSeed("log.example/ship", otherSeed);
    Path keys = file("keys", KEY + "\n\n" + newer.verifierKey() + "\n");
    for (LogSigner signer : new LogSigner[] {SampleLog.SIGNER, newer}) {
      Path checkpoint = file("checkpoint", new SampleLog(3, signer).signed().encoded());
      assertEquals(0, Run.moor("verify", checkpoint, "--key", "@" + keys).exit());
    }
    assertEquals(2, Run.moor("verify", keys, "--key", "@" + folder.resolve("none")).exit());
    assertEquals(2, Run.moor("verify", keys, "--key", "nonsense").exit());
  }

  @Test
  void asksForWitnessesAndForTheirTime() throws IOException {
    Cosigner witness =
        Cosigner.ofSeed(
            "witness.example/1",
            SignatureType.ED25519_COSIGNATURE,
            new byte[32],
            InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)));
    Path alone = file("alone", LOG.signed().encoded());
    Path both = file("both", new SampleLog(9, SampleLog.SIGNER, witness).signed().encoded());
    String key = witness.verifierKey().toString();
    assertEquals(1, Run.moor("verify", alone, "--key", KEY, "--witness", key).exit());
    assertEquals(0, Run.moor("verify", both, "--key", KEY, "--witness", key).exit());
    Run old =
        Run.moor("verify", both, "--key", KEY, "--witness", key, "--cosigned-within", "PT24H");
    assertTrue(old.out().contains("fewer witnesses"), old.out());
    assertEquals(1, old.exit());
  }

  @Test
  void aLogUnderANameThatIsNotItsKeysIsTakenWhenTheUserSaysSo() throws IOException {
    SignedCheckpoint renamed =
        SignedCheckpoint.sign(
            new Checkpoint("other.example/log", LOG.signed().checkpoint().head()),
            SampleLog.SIGNER);
    Path checkpoint = file("checkpoint", renamed.encoded());
    assertEquals(2, Run.moor("verify", checkpoint, "--key", KEY).exit());
    assertEquals(
        0, Run.moor("verify", checkpoint, "--key", KEY, "--origin", "other.example/log").exit());
  }

  @Test
  void verifiesAWholeFolderAndNamesWhatIsDamaged() {
    LogFolder copy = new LogFolder(folder);
    LOG.files().forEach((path, bytes) -> copy.write(LogPath.parse(path), bytes));
    Run sound = Run.moor("verify", folder, "--key", KEY);
    assertTrue(sound.out().contains("ok  log         1,000 entries hashed again"), sound.out());
    assertEquals(0, sound.exit());

    SampleLog bent = LOG.copy();
    bent.flip("tile/entries/002", 50);
    copy.write(LogPath.parse("tile/entries/002"), bent.files().get("tile/entries/002"));
    Run damaged = Run.moor("verify", folder, "--key", KEY);
    assertTrue(damaged.out().contains("NO  log         tile/entries/002: entry 512 is not what"));
    assertEquals(1, damaged.exit());
  }

  @Test
  void printsNothingOfAStrangerThatCouldMoveTheCursor() throws IOException {
    SignedCheckpoint odd =
        SignedCheckpoint.sign(
            new Checkpoint("a\u009b2J\u202eb", LOG.signed().checkpoint().head()), SampleLog.SIGNER);
    Run run = Run.moor("verify", file("checkpoint", odd.encoded()));
    assertTrue(run.out().contains("for the log a\ufffd2J\ufffdb"), run.out());
  }

  @Test
  void saysWhatItCannotReadAndWhatItDoesNotUnderstand() {
    Run missing = Run.moor("verify", folder.resolve("none"), "--key", KEY);
    assertTrue(missing.err().contains("none cannot be read"), missing.err());
    assertEquals(2, missing.exit());
    assertEquals(2, Run.moor("verify", folder, "--key", KEY).exit());
    assertEquals(2, Run.moor("verify").exit());
    assertEquals(2, Run.moor("verifi").exit());
    assertEquals(2, Run.moor().exit());
    assertEquals(0, Run.moor("--help").exit());
    assertEquals(0, Run.moor("verify", "--help").exit());
    Run json = Run.moor("verify", folder.resolve("none"), "--json");
    assertTrue(json.out().startsWith("{") && json.out().contains("\"unknown\""), json.out());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
