package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import java.nio.charset.StandardCharsets;

/**
 * What an entry is about: bytes that are kept beside it or apart, or bytes that are already stored.
 */
public sealed interface Content {
  String contentType();

  long length();

  static Content json(String json) {
    return new Kept("application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  static Content of(String contentType, byte[] bytes) {
    return new Kept(contentType, bytes);
  }

  /**
   * Bytes that the commit keeps. They are not copied, because a batch is most of what a process
   * holds in memory: the caller hands them over and does not change them.
   */
  record Kept(String contentType, byte[] bytes) implements Content {
    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public String toString() {
      return "Kept[" + contentType + ", " + bytes.length + " bytes]";
    }
  }

  /** Bytes that are kept where they can be erased; not copied either. */
  record Erasable(String contentType, byte[] bytes) implements Content {
    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public String toString() {
      return "Erasable[" + contentType + ", " + bytes.length + " bytes]";
    }
  }

  /** Bytes in the blob store, named by their SHA-256. */
  record Stored(String contentType, Hash sha256, long length) implements Content {}
}
