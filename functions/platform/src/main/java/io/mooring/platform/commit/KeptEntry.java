package io.mooring.platform.commit;

import io.mooring.ledger.Entry;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Salt;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;

/**
 * One entry as its commit keeps it: the bytes that are hashed as a leaf, the salt of its
 * commitment, and its content, or the hash of content that is stored elsewhere.
 *
 * <pre>
 * { 1: envelope, 2: salt, 3: content }  or  { 1: envelope, 2: salt, 4: SHA-256 of the content }
 * </pre>
 *
 * <p>The arrays are not copied, because they are most of what a busy process holds in memory;
 * whoever gets one does not change it.
 */
public record KeptEntry(byte[] envelope, Salt salt, Kind kind, byte[] content) {
  /** Whether {@link KeptEntry#content} is the content itself, or the SHA-256 of it. */
  public enum Kind {
    HERE,
    ELSEWHERE
  }

  private static final int ENVELOPE = 1;
  private static final int SALT = 2;
  private static final int CONTENT = 3;
  private static final int CONTENT_HASH = 4;

  public Hash leaf() {
    return Hash.ofLeaf(envelope);
  }

  public Entry entry() {
    return Entry.ofBytes(envelope);
  }

  /** Whether the envelope commits to this content, under this salt. */
  public boolean matchesContent() {
    Hash sha256 = kind == Kind.HERE ? Hash.ofBytes(content) : Hash.of(content);
    return salt.commitTo(sha256).equals(entry().payload().hash());
  }

  long weight() {
    return envelope.length + Salt.BYTES + content.length + OVERHEAD_BYTES;
  }

  /** The CBOR heads around an entry's parts, at most. */
  private static final int OVERHEAD_BYTES = 16;

  void writeTo(CborWriter cbor) {
    cbor.map(3).unsigned(ENVELOPE).bytes(envelope).unsigned(SALT).bytes(salt.bytes());
    cbor.unsigned(kind == Kind.HERE ? CONTENT : CONTENT_HASH).bytes(content);
  }

  static KeptEntry readFrom(CborReader cbor) {
    Fields fields = new Fields(cbor);
    cbor.numberedMap(3, fields::read);
    return new KeptEntry(fields.envelope, Salt.of(fields.salt), fields.kind, fields.content);
  }

  private static final class Fields {
    private final CborReader cbor;
    private byte[] envelope = {};
    private byte[] salt = {};
    private Kind kind = Kind.HERE;
    private byte[] content = {};

    Fields(CborReader cbor) {
      this.cbor = cbor;
    }

    void read(long key) {
      switch ((int) key) {
        case ENVELOPE -> envelope = cbor.bytes(Entry.BYTES_MAX);
        case SALT -> salt = cbor.bytes(Salt.BYTES);
        case CONTENT -> content = cbor.bytes(Math.toIntExact(Write.BYTES_MAX));
        case CONTENT_HASH -> {
          kind = Kind.ELSEWHERE;
          content = cbor.bytes(Hash.BYTES);
        }
        default -> throw new MalformedException("a kept entry has no field " + key);
      }
    }
  }
}
