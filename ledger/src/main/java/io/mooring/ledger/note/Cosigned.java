package io.mooring.ledger.note;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Utf8;
import java.nio.ByteBuffer;

/** The bytes that a cosignature signs in a checkpoint's place (C2SP tlog-cosignature). */
final class Cosigned {
  private static final byte[] SUBTREE_LABEL = Utf8.encode("subtree/v1\n\0");
  private static final int NAME_BYTES_MAX = 255;

  private Cosigned() {}

  static byte[] message(SignatureType type, String cosigner, long seconds, String text) {
    Checkpoint checkpoint = Checkpoint.parse(text);
    return switch (type) {
      case ED25519_COSIGNATURE -> Utf8.encode("cosignature/v1\ntime " + seconds + "\n" + text);
      case ML_DSA_44_COSIGNATURE -> subtree(cosigner, seconds, checkpoint);
      case ED25519 -> throw new IllegalArgumentException("a log's own signature is no cosignature");
    };
  }

  private static byte[] subtree(String cosigner, long seconds, Checkpoint checkpoint) {
    byte[] name = name(cosigner);
    byte[] origin = name(checkpoint.origin());
    int length =
        SUBTREE_LABEL.length + 1 + name.length + 1 + origin.length + 3 * Long.BYTES + Hash.BYTES;
    return ByteBuffer.allocate(length)
        .put(SUBTREE_LABEL)
        .put((byte) name.length)
        .put(name)
        .putLong(seconds)
        .put((byte) origin.length)
        .put(origin)
        .putLong(0) // a checkpoint's subtree begins at the first leaf
        .putLong(checkpoint.size())
        .put(checkpoint.head().root().bytes())
        .array();
  }

  private static byte[] name(String text) {
    byte[] name = Utf8.encode(text);
    if (name.length > NAME_BYTES_MAX) {
      throw new MalformedException("a cosigned name has at most " + NAME_BYTES_MAX + " bytes");
    }
    return name;
  }
}
