package io.mooring.ledger.tlog;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.Entry;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Payload;
import io.mooring.ledger.Tree;
import io.mooring.ledger.note.LogSigner;
import io.mooring.ledger.note.NoteSigner;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A whole log in memory, as a server would show it; tests bend its files. */
public final class SampleLog implements LogFiles {
  public static final LogSigner SIGNER = LogSigner.ofSeed("log.example/ship", new byte[32]);
  public static final Policy POLICY = Policy.of(SIGNER.verifierKey());

  private final Map<String, byte[]> files = new TreeMap<>();
  private final int size;
  private final IntFunction<byte[]> entries;

  public SampleLog(int size) {
    this(size, SIGNER);
  }

  public SampleLog(int size, NoteSigner... signers) {
    this(size, SampleLog::entry, signers);
  }

  /** A log of other entries than {@link #entry}. */
  public SampleLog(int size, IntFunction<byte[]> entries, NoteSigner... signers) {
    this.size = size;
    this.entries = entries;
    TileBuilder tiles = new TileBuilder(this::put);
    IntStream.range(0, size).forEach(i -> tiles.add(Hash.ofLeaf(entries.apply(i))));
    tiles.partials(this::put);
    Tiling tiling = new Tiling(size);
    for (long i = 0; i < tiling.tiles(0); i++) {
      int from = (int) i * LogPath.FULL_WIDTH;
      int to = Math.min(size, from + LogPath.FULL_WIDTH);
      put(
          tiling.bundle(i),
          EntryBundle.encode(IntStream.range(from, to).mapToObj(entries).toList()));
    }
    Checkpoint checkpoint = new Checkpoint("log.example/ship", tiles.frontier().head());
    put(
        new LogPath.OfCheckpoint(),
        SignedCheckpoint.sign(checkpoint, signers).encoded().getBytes());
  }

  private SampleLog(SampleLog other) {
    this.size = other.size;
    this.entries = other.entries;
    files.putAll(other.files);
  }

  /** The same log, to be bent without bending this one. */
  public SampleLog copy() {
    return new SampleLog(this);
  }

  /** Flips one bit of a file. */
  public void flip(String path, int byteIndex) {
    byte[] bytes = files.get(path).clone();
    bytes[byteIndex] ^= 1;
    files.put(path, bytes);
  }

  public static byte[] payload(int index) {
    return ("{\"container\":" + index + "}").getBytes();
  }

  public static byte[] entry(int index) {
    return Entry.of("shipment.moved", "container-" + index % 10, Payload.of(payload(index), ""))
        .toBytes();
  }

  public int size() {
    return size;
  }

  public Map<String, byte[]> files() {
    return files;
  }

  public void put(LogPath path, byte[] bytes) {
    files.put(path.text(), bytes);
  }

  public SignedCheckpoint signed() {
    return SignedCheckpoint.parse(read(new LogPath.OfCheckpoint()).orElseThrow());
  }

  public ProofFile proof(int index) {
    Tree tree = new Tree(size, new TileNodes(size, this));
    return new ProofFile(entries.apply(index), tree.inclusion(index), signed());
  }

  @Override
  public Optional<byte[]> read(LogPath path) {
    return Optional.ofNullable(files.get(path.text())).map(byte[]::clone);
  }
}
