package io.mooring.platform.commit;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import java.util.Arrays;

/** Writes and reads the map that {@link Commit} describes. */
final class CommitCbor {
  private static final int VERSION = 1;
  private static final int NUMBER = 2;
  private static final int START = 3;
  private static final int FRONTIER = 4;
  private static final int ROOT = 5;
  private static final int PREVIOUS = 6;
  private static final int TIME = 7;
  private static final int INDEXED = 8;
  private static final int CLOSED = 9;
  private static final int INLINE = 10;
  private static final int SEGMENT_HASH = 11;
  private static final int SEGMENT_LENGTH = 12;
  private static final int MANIFEST = 13;
  private static final int BILL = 14;

  /** No record is larger than a DynamoDB item. */
  static final int BYTES_MAX = 400 * 1024;

  private static final int FRONTIER_BYTES_MAX = Long.BYTES + Long.SIZE * Hash.BYTES;

  private CommitCbor() {}

  static byte[] write(Commit commit) {
    return write(commit, commit.frontier().root());
  }

  private static byte[] write(Commit commit, Hash root) {
    CborWriter cbor = new CborWriter();
    boolean billed = !commit.bill().isNone();
    cbor.map(8 + (commit.closed() ? 1 : 0) + fields(commit.carriage()) + (billed ? 1 : 0));
    cbor.unsigned(VERSION).unsigned(billed ? Commit.BILLED_VERSION : Commit.VERSION);
    cbor.unsigned(NUMBER).unsigned(commit.number());
    cbor.unsigned(START).unsigned(commit.start());
    cbor.unsigned(FRONTIER).bytes(commit.frontier().toBytes());
    cbor.unsigned(ROOT).bytes(root.bytes());
    cbor.unsigned(PREVIOUS).bytes(commit.previous().bytes());
    cbor.unsigned(TIME).unsigned(commit.timeMillis());
    cbor.unsigned(INDEXED).unsigned(commit.indexed());
    if (commit.closed()) {
      cbor.unsigned(CLOSED).bool(true);
    }
    switch (commit.carriage()) {
      case Carriage.Inline(byte[] body) -> cbor.unsigned(INLINE).bytes(body);
      case Carriage.Segment(Hash sha256, long length, byte[] manifest) -> {
        cbor.unsigned(SEGMENT_HASH).bytes(sha256.bytes());
        cbor.unsigned(SEGMENT_LENGTH).unsigned(length);
        if (manifest.length > 0) {
          cbor.unsigned(MANIFEST).bytes(manifest);
        }
      }
    }
    if (billed) {
      commit.bill().writeTo(cbor.unsigned(BILL));
    }
    return cbor.toBytes();
  }

  private static int fields(Carriage carriage) {
    return switch (carriage) {
      case Carriage.Inline inline -> 1;
      case Carriage.Segment segment -> segment.manifest().length > 0 ? 3 : 2;
    };
  }

  static Commit read(byte[] bytes) {
    if (bytes.length > BYTES_MAX) {
      throw new MalformedException("a commit record has at most " + BYTES_MAX + " bytes");
    }
    CborReader cbor = new CborReader(bytes);
    Fields fields = new Fields(cbor);
    cbor.numberedMap(BILL, fields::read);
    cbor.end();
    Commit commit = fields.commit();
    // A field that says nothing, or both carriages at once, has another spelling: refuse this one.
    if (!Arrays.equals(bytes, write(commit, fields.root))) {
      throw new MalformedException("commit record " + commit.number() + " has loose fields");
    }
    return commit;
  }

  private static final class Fields {
    private final CborReader cbor;
    private long version;
    private long number;
    private long start;
    private Frontier frontier = Frontier.empty();
    private Hash root = Hash.ofNothing();
    private Hash previous = Commit.NO_PREVIOUS;
    private long timeMillis;
    private long indexed;
    private boolean closed;
    private Hash segment = Hash.ofNothing();
    private long segmentLength;
    private byte[] manifest = {};
    private Carriage carriage = new Carriage.Inline(manifest);
    private Bill bill = Bill.NONE;

    Fields(CborReader cbor) {
      this.cbor = cbor;
    }

    void read(long key) {
      switch ((int) Math.min(key, Integer.MAX_VALUE)) {
        case VERSION -> requireKnown(cbor.unsigned());
        case NUMBER -> number = cbor.unsigned();
        case START -> start = cbor.unsigned();
        case FRONTIER -> frontier = Frontier.ofBytes(cbor.bytes(FRONTIER_BYTES_MAX));
        case ROOT -> root = hash();
        case PREVIOUS -> previous = hash();
        case TIME -> timeMillis = cbor.unsigned();
        case INDEXED -> indexed = cbor.unsigned();
        case CLOSED -> closed = cbor.bool();
        case INLINE -> carriage = new Carriage.Inline(cbor.bytes(BYTES_MAX));
        case SEGMENT_HASH -> segment = hash();
        case SEGMENT_LENGTH -> {
          segmentLength = cbor.unsigned();
          carriage = new Carriage.Segment(segment, segmentLength, manifest);
        }
        case MANIFEST ->
            carriage = new Carriage.Segment(segment, segmentLength, cbor.bytes(BYTES_MAX));
        case BILL -> bill = Bill.readFrom(cbor);
        default -> throw new MalformedException("a commit record has no field " + key);
      }
    }

    /** Said before any other field is read, so that a newer record is refused by its version. */
    private void requireKnown(long found) {
      version = found;
      if (version != Commit.VERSION && version != Commit.BILLED_VERSION) {
        throw new UnknownVersionException(
            "commit records of version " + version + " are not known here");
      }
    }

    Commit commit() {
      if (version == 0) {
        throw new MalformedException("a commit record says its version");
      }
      if (!frontier.root().equals(root)) {
        throw new MalformedException("the root of commit " + number + " is not its frontier's");
      }
      return new Commit(
          number, start, frontier, previous, timeMillis, indexed, closed, carriage, bill);
    }

    private Hash hash() {
      return Hash.of(cbor.bytes(Hash.BYTES));
    }
  }
}
