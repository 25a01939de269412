package io.mooring.platform.commit;

import io.mooring.ledger.Entry;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Salt;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;

/**
 * One entry as its commit keeps it: the bytes that are hashed as a leaf, and what it is about.
 *
 * <pre>
 * { 1: envelope, 2: salt, 3: content }
 * { 1: envelope, 2: salt, 4: SHA-256 of the blob that is the content }
 * { 1: envelope, 5: SHA-256 of the object that holds salt and content, until it is erased }
 * </pre>
 *
 * <p>The arrays are not copied, because they are most of what a busy process holds in memory;
 * whoever gets one does not change it.
 */
public record KeptEntry(byte[] envelope, About about) {
  private static final int ENVELOPE = 1;
  private static final int SALT = 2;
  private static final int CONTENT = 3;
  private static final int BLOB = 4;
  private static final int APART = 5;

  /** The CBOR heads around an entry's parts, at most. */
  private static final int OVERHEAD_BYTES = 16;

  /** Where an entry's content is, and the salt of the commitment to it. */
  public sealed interface About {}

  /** Beside the entry, for as long as the ledger is. */
  public record Here(Salt salt, byte[] content) implements About {}

  /** A blob of the tenant, which any number of entries may name. */
  public record Blob(Salt salt, Hash sha256) implements About {}

  /** In an object of its own ({@link ErasableContent}), named by the SHA-256 of its bytes. */
  public record Apart(Hash sha256) implements About {}

  public Hash leaf() {
    return Hash.ofLeaf(envelope);
  }

  public Entry entry() {
    return Entry.ofBytes(envelope);
  }

  long weight() {
    int beside =
        switch (about) {
          case Here(Salt salt, byte[] content) -> Salt.BYTES + content.length;
          case Blob blob -> Salt.BYTES + Hash.BYTES;
          case Apart apart -> Hash.BYTES;
        };
    return envelope.length + beside + OVERHEAD_BYTES;
  }

  void writeTo(CborWriter cbor) {
    switch (about) {
      case Here(Salt salt, byte[] content) ->
          head(cbor, 3).unsigned(SALT).bytes(salt.bytes()).unsigned(CONTENT).bytes(content);
      case Blob(Salt salt, Hash sha256) ->
          head(cbor, 3).unsigned(SALT).bytes(salt.bytes()).unsigned(BLOB).bytes(sha256.bytes());
      case Apart(Hash sha256) -> head(cbor, 2).unsigned(APART).bytes(sha256.bytes());
    }
  }

  private CborWriter head(CborWriter cbor, int fields) {
    return cbor.map(fields).unsigned(ENVELOPE).bytes(envelope);
  }

  static KeptEntry readFrom(CborReader cbor) {
    Fields fields = new Fields(cbor);
    cbor.numberedMap(3, fields::read);
    return new KeptEntry(fields.envelope, fields.about());
  }

  private static final class Fields {
    private final CborReader cbor;
    private byte[] envelope = {};
    private byte[] salt = {};
    private byte[] about = {};
    private long kind;

    Fields(CborReader cbor) {
      this.cbor = cbor;
    }

    void read(long key) {
      switch ((int) key) {
        case ENVELOPE -> envelope = cbor.bytes(Entry.BYTES_MAX);
        case SALT -> salt = cbor.bytes(Salt.BYTES);
        case CONTENT -> about(key, Math.toIntExact(Write.BYTES_MAX));
        case BLOB, APART -> about(key, Hash.BYTES);
        default -> throw new MalformedException("a kept entry has no field " + key);
      }
    }

    private void about(long key, int bytesMax) {
      if (kind != 0) {
        throw new MalformedException("a kept entry has one content");
      }
      kind = key;
      about = cbor.bytes(bytesMax);
    }

    About about() {
      if (kind == APART && salt.length == 0) {
        return new Apart(Hash.of(about));
      }
      if (kind == CONTENT) {
        return new Here(Salt.of(salt), about);
      }
      if (kind == BLOB) {
        return new Blob(Salt.of(salt), Hash.of(about));
      }
      throw new MalformedException("a kept entry has a salt and a content, or neither beside it");
    }
  }
}
