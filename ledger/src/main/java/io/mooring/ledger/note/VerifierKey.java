package io.mooring.ledger.note;

import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * A public key by name, as users configure it: {@code name+keyid+base64} (a C2SP "vkey"). Two keys
 * are equal when their text is.
 */
public final class VerifierKey {
  private final String name;
  private final SignatureType type;
  private final byte[] typeAndKey;
  private final PublicKey publicKey;
  private final int keyId;

  private VerifierKey(String name, byte[] typeAndKey) {
    this.name = KeyName.require(name);
    this.typeAndKey = typeAndKey;
    this.type = SignatureType.ofCode(typeAndKey[0]);
    this.keyId = keyId(name, typeAndKey);
    byte[] raw = Arrays.copyOfRange(typeAndKey, 1, typeAndKey.length);
    if (raw.length != type.algorithm.publicKeyBytes) {
      throw new MalformedException(
          "a key of this type has " + type.algorithm.publicKeyBytes + " bytes");
    }
    try {
      this.publicKey = type.algorithm.publicKey(raw);
    } catch (GeneralSecurityException e) {
      throw new MalformedException("not a public key: " + e.getMessage(), e);
    }
  }

  public static VerifierKey of(String name, SignatureType type, byte[] rawPublicKey) {
    byte[] typeAndKey = new byte[1 + rawPublicKey.length];
    typeAndKey[0] = type.code();
    System.arraycopy(rawPublicKey, 0, typeAndKey, 1, rawPublicKey.length);
    return new VerifierKey(name, typeAndKey);
  }

  public static VerifierKey parse(String text) {
    int first = text.indexOf('+');
    int second = text.indexOf('+', first + 1);
    if (first < 0 || second < 0) {
      throw new MalformedException("a verifier key is name+keyid+base64");
    }
    byte[] typeAndKey = CanonicalBase64.decode(text.substring(second + 1));
    if (typeAndKey.length == 0) {
      throw new MalformedException("a verifier key names its type");
    }
    VerifierKey key = new VerifierKey(text.substring(0, first), typeAndKey);
    if (!key.toString().equals(text)) {
      throw new MalformedException("the key id is not that of this name and key");
    }
    return key;
  }

  public String name() {
    return name;
  }

  public int keyId() {
    return keyId;
  }

  public SignatureType type() {
    return type;
  }

  /** Whether a signature line names this key; it says nothing of whether this key made it. */
  public boolean isNamedBy(NoteSignature signature) {
    return keyId == signature.keyId() && name.equals(signature.name());
  }

  /** Whether this key made {@code signature} over the note's {@code text}. */
  public boolean verifies(String text, NoteSignature signature) {
    byte[] bytes = signature.bytes();
    int expected = type.algorithm.signatureBytes + (type.timestamped ? Long.BYTES : 0);
    if (!isNamedBy(signature) || bytes.length != expected) {
      return false;
    }
    if (!type.timestamped) {
      return type.algorithm.verifies(publicKey, Utf8.encode(text), bytes);
    }
    long seconds = ByteBuffer.wrap(bytes).getLong();
    if (seconds < 0) {
      return false;
    }
    byte[] message;
    try {
      message = Cosigned.message(type, name, seconds, text);
    } catch (MalformedException notACheckpoint) {
      return false; // a cosigner signs checkpoints and nothing else
    }
    byte[] proper = Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
    return type.algorithm.verifies(publicKey, message, proper);
  }

  /** When a cosigner says that it signed, in seconds since 1970; verify the signature first. */
  public OptionalLong secondsIn(NoteSignature signature) {
    return type.timestamped
        ? OptionalLong.of(ByteBuffer.wrap(signature.bytes()).getLong())
        : OptionalLong.empty();
  }

  private static int keyId(String name, byte[] typeAndKey) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Utf8.encode(name));
    bytes.write('\n');
    bytes.writeBytes(typeAndKey);
    return ByteBuffer.wrap(Hash.ofBytes(bytes.toByteArray()).bytes()).getInt();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return keyId;
  }

  @Override
  public String toString() {
    return name
        + "+"
        + HexFormat.of().toHexDigits(keyId)
        + "+"
        + CanonicalBase64.encode(typeAndKey);
  }
}
