package io.mooring.ledger.note;

import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.MalformedException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** One signature line of a note: which key is said to have signed, and what it wrote. */
public final class NoteSignature {
  private static final String DASH = "\u2014 ";

  private final String name;
  private final int keyId;
  private final byte[] signature;

  NoteSignature(String name, int keyId, byte[] signature) {
    this.name = KeyName.require(name);
    this.keyId = keyId;
    this.signature = signature;
  }

  static NoteSignature parse(String line) {
    int space = line.indexOf(' ', DASH.length());
    if (!line.startsWith(DASH) || space < 0) {
      throw new MalformedException("a signature line is a dash, a key name and base64");
    }
    byte[] bytes = CanonicalBase64.decode(line.substring(space + 1));
    if (bytes.length <= Integer.BYTES) {
      throw new MalformedException("a signature has four bytes of key id and more");
    }
    return new NoteSignature(
        line.substring(DASH.length(), space),
        ByteBuffer.wrap(bytes).getInt(),
        Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
  }

  public String name() {
    return name;
  }

  public int keyId() {
    return keyId;
  }

  byte[] bytes() {
    return signature;
  }

  String line() {
    byte[] bytes = new byte[Integer.BYTES + signature.length];
    ByteBuffer.wrap(bytes).putInt(keyId).put(signature);
    return DASH + name + " " + CanonicalBase64.encode(bytes) + "\n";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteSignature that
        && name.equals(that.name)
        && keyId == that.keyId
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return 31 * keyId + Arrays.hashCode(signature);
  }

  @Override
  public String toString() {
    return line().strip();
  }
}
