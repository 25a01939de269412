package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Payload;
import io.mooring.ledger.Salt;
import java.util.Arrays;

/**
 * What is deleted when an entry is erased: the salt and the content, in one object named by the
 * SHA-256 of its bytes, the salt first. The salt is random, so neither that name nor the entry's
 * commitment says anything about a content that could be guessed.
 */
public record ErasableContent(Salt salt, byte[] content) {
  Hash sha256() {
    return Hash.ofBytes(salt.bytes(), content);
  }

  byte[] toBytes() {
    byte[] bytes = Arrays.copyOf(salt.bytes(), Salt.BYTES + content.length);
    System.arraycopy(content, 0, bytes, Salt.BYTES, content.length);
    return bytes;
  }

  /** Reads the bytes of the object of that name, and refuses any others. */
  public static ErasableContent ofBytes(Hash sha256, byte[] bytes) {
    if (bytes.length < Salt.BYTES || !Hash.ofBytes(bytes).equals(sha256)) {
      throw new MalformedException("content " + sha256 + " has other bytes");
    }
    return new ErasableContent(
        Salt.of(Arrays.copyOf(bytes, Salt.BYTES)),
        Arrays.copyOfRange(bytes, Salt.BYTES, bytes.length));
  }

  /** Whether it is what an entry commits to. */
  public boolean isOf(Payload payload) {
    return payload.matches(salt, content);
  }
}
