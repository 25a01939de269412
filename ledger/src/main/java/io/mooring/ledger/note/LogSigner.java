package io.mooring.ledger.note;

import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Utf8;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Signs notes with Ed25519 under a name. The algorithm draws nothing, so every process that holds
 * the key writes the same signature under the same text.
 */
public final class LogSigner implements NoteSigner {
  private static final String PRIVATE = "PRIVATE+KEY+";
  private static final SignatureType TYPE = SignatureType.ED25519;

  private final VerifierKey verifierKey;
  private final PrivateKey privateKey;

  private LogSigner(String name, KeyPair keys) {
    this.verifierKey = VerifierKey.of(name, TYPE, TYPE.algorithm.raw(keys.getPublic()));
    this.privateKey = keys.getPrivate();
  }

  /** The key that the 32 bytes of {@code seed} stand for (RFC 8032 section 5.1.5). */
  public static LogSigner ofSeed(String name, byte[] seed) {
    return new LogSigner(name, TYPE.algorithm.keyPair(requireSeed(seed)));
  }

  /** Reads {@code PRIVATE+KEY+name+keyid+base64}, the form that Go's note package writes. */
  public static LogSigner parse(String text) {
    String[] parts = text.split("\\+", 5);
    if (!text.startsWith(PRIVATE) || parts.length < 5) {
      throw new MalformedException("a signing key is PRIVATE+KEY+name+keyid+base64");
    }
    byte[] typeAndSeed = CanonicalBase64.decode(parts[4]);
    if (typeAndSeed.length == 0 || typeAndSeed[0] != TYPE.code()) {
      throw new MalformedException("a log signs with Ed25519");
    }
    LogSigner signer = ofSeed(parts[2], Arrays.copyOfRange(typeAndSeed, 1, typeAndSeed.length));
    if (!HexFormat.of().toHexDigits(signer.verifierKey.keyId()).equals(parts[3])) {
      throw new MalformedException("the key id is not that of this name and key");
    }
    return signer;
  }

  /** The private form of a key, to be kept as secrets are. */
  public static String privateText(String name, byte[] seed) {
    byte[] typeAndSeed = new byte[1 + requireSeed(seed).length];
    typeAndSeed[0] = TYPE.code();
    System.arraycopy(seed, 0, typeAndSeed, 1, seed.length);
    int keyId = ofSeed(name, seed).verifierKey.keyId();
    return PRIVATE
        + name
        + "+"
        + HexFormat.of().toHexDigits(keyId)
        + "+"
        + CanonicalBase64.encode(typeAndSeed);
  }

  @Override
  public VerifierKey verifierKey() {
    return verifierKey;
  }

  @Override
  public NoteSignature sign(String text) {
    byte[] signature = TYPE.algorithm.sign(privateKey, Utf8.encode(text));
    return new NoteSignature(verifierKey.name(), verifierKey.keyId(), signature);
  }

  static byte[] requireSeed(byte[] seed) {
    if (seed.length != Algorithm.SEED_BYTES) {
      throw new MalformedException("a key's seed has " + Algorithm.SEED_BYTES + " bytes");
    }
    return seed;
  }

  @Override
  public String toString() {
    return "LogSigner[" + verifierKey + "]";
  }
}
