package io.mooring.ledger.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.Entry;
import io.mooring.ledger.Frontier;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Utf8;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.note.LogSigner;
import io.mooring.ledger.note.Note;
import io.mooring.ledger.note.VerifierKey;
import io.mooring.ledger.tlog.EntryBundle;
import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledger.tlog.SampleLog;
import java.util.List;
import java.util.function.UnaryOperator;

/** Every format that is read from strangers: how to read and write it again, and one example. */
enum Format {
  CBOR(
      bytes -> {
        CborReader.check(bytes);
        return bytes;
      },
      Samples.ENTRY),
  ENTRY(bytes -> Entry.ofBytes(bytes).toBytes(), Samples.ENTRY),
  FRONTIER(bytes -> Frontier.ofBytes(bytes).toBytes(), Samples.LEAVES.toBytes()),
  NOTE(bytes -> Utf8.encode(Note.parse(bytes).encoded()), Samples.SIGNED),
  CHECKPOINT(bytes -> Utf8.encode(Checkpoint.parse(Utf8.decode(bytes)).text()), Samples.CHECKPOINT),
  VERIFIER_KEY(
      bytes -> Utf8.encode(VerifierKey.parse(Utf8.decode(bytes)).toString()), Samples.PUBLIC),
  SIGNING_KEY(
      bytes -> {
        LogSigner.parse(Utf8.decode(bytes));
        return bytes;
      },
      Samples.SECRET),
  PROOF_FILE(bytes -> Utf8.encode(ProofFile.parse(bytes).encoded()), Samples.PROOF),
  PATH(
      bytes -> Utf8.encode(LogPath.parse(Utf8.decode(bytes)).text()),
      Utf8.encode("tile/entries/x001/067.p/17")),
  BUNDLE(bytes -> EntryBundle.encode(EntryBundle.decode(bytes, 3)), Samples.BUNDLE);

  private final UnaryOperator<byte[]> readAndWrite;
  private final byte[] example;

  Format(UnaryOperator<byte[]> readAndWrite, byte[] example) {
    this.readAndWrite = readAndWrite;
    this.example = example;
  }

  byte[] example() {
    return example.clone();
  }

  byte[] readAndWrite(byte[] bytes) {
    return readAndWrite.apply(bytes);
  }

  /** Bytes are refused as malformed, or they are the one spelling of what they say. */
  void mustRefuseOrKeep(byte[] bytes) {
    byte[] written;
    try {
      written = readAndWrite.apply(bytes.clone());
    } catch (MalformedException refused) {
      return;
    }
    assertArrayEquals(bytes, written);
  }

  private static final class Samples {
    static final SampleLog LOG = new SampleLog(300);
    static final byte[] ENTRY = SampleLog.entry(7);
    static final Frontier LEAVES = Frontier.empty().append(LOG.signed().checkpoint().head().root());
    static final byte[] SIGNED = Utf8.encode(LOG.signed().encoded());
    static final byte[] CHECKPOINT = Utf8.encode(LOG.signed().checkpoint().text());
    static final byte[] PUBLIC = Utf8.encode(SampleLog.SIGNER.verifierKey().toString());
    static final byte[] SECRET = Utf8.encode(LogSigner.privateText("log.example/1", new byte[32]));
    static final byte[] PROOF = Utf8.encode(LOG.proof(7).encoded());
    static final byte[] BUNDLE =
        EntryBundle.encode(List.of(SampleLog.entry(0), SampleLog.entry(1), SampleLog.entry(2)));
  }
}
