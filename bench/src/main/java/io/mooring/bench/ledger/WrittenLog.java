package io.mooring.bench.ledger;

import static io.mooring.ledger.tlog.LogPath.FULL_WIDTH;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.ledger.note.LogSigner;
import io.mooring.ledger.tlog.EntryBundle;
import io.mooring.ledger.tlog.LogFolder;
import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledger.tlog.LogPath.OfCheckpoint;
import io.mooring.ledger.tlog.SignedCheckpoint;
import io.mooring.ledger.tlog.TileBuilder;
import io.mooring.ledger.tlog.Tiling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A log of random entries as static files: {@code log/} and the {@code key} that signed it. */
final class WrittenLog {
  static final int ENTRIES = 1_000_000;
  static final int ENTRY_BYTES = 250;

  private static final LogSigner SIGNER = LogSigner.ofSeed("bench.example/log", new byte[32]);

  private final LogFolder files;

  private WrittenLog(LogFolder files) {
    this.files = files;
  }

  static LogFolder in(Path folder) {
    return new LogFolder(folder.resolve("log"));
  }

  static String key() {
    return SIGNER.verifierKey().toString();
  }

  static void writeTo(Path folder) throws IOException {
    new WrittenLog(in(folder)).write();
    Files.writeString(folder.resolve("key"), key());
  }

  /** The entry that stands at {@code index}: the same for everybody who asks. */
  static byte[] entry(long index) {
    byte[] entry = new byte[ENTRY_BYTES];
    new Random(index).nextBytes(entry);
    return entry;
  }

  private void write() {
    TileBuilder tiles = new TileBuilder(files::write);
    List<byte[]> bundle = new ArrayList<>(FULL_WIDTH);
    for (int index = 0; index < ENTRIES; index++) {
      byte[] entry = entry(index);
      tiles.add(Hash.ofLeaf(entry));
      bundle.add(entry);
      if (bundle.size() == FULL_WIDTH || index == ENTRIES - 1) {
        LogPath path = new Tiling(index + 1).bundle(index / FULL_WIDTH);
        files.write(path, EntryBundle.encode(bundle));
        bundle.clear();
      }
    }
    tiles.partials(files::write);
    Head head = new Head(ENTRIES, tiles.frontier().root());
    SignedCheckpoint signed =
        SignedCheckpoint.sign(new Checkpoint(SIGNER.verifierKey().name(), head), SIGNER);
    files.write(new OfCheckpoint(), signed.encoded().getBytes(StandardCharsets.UTF_8));
  }
}
