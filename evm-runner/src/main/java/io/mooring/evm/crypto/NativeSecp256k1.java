package io.mooring.evm.crypto;

import fr.acinq.secp256k1.Secp256k1Exception;
import io.mooring.evm.U256;
import java.util.Arrays;
import java.util.Optional;

/** libsecp256k1 through JNI. */
final class NativeSecp256k1 implements Secp256k1 {
  private final fr.acinq.secp256k1.Secp256k1 library;
  private final JavaSecp256k1 java = new JavaSecp256k1();

  private NativeSecp256k1(fr.acinq.secp256k1.Secp256k1 library) {
    this.library = library;
  }

  /** Nothing on machines for which no native library is packed or where it may not be unpacked. */
  static Optional<NativeSecp256k1> load() {
    try {
      return Optional.of(new NativeSecp256k1(fr.acinq.secp256k1.Secp256k1.get()));
    } catch (LinkageError | RuntimeException notLoadable) {
      System.getLogger(NativeSecp256k1.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "libsecp256k1 does not load; signatures are checked in Java, more slowly",
              notLoadable);
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return "libsecp256k1";
  }

  @Override
  public Optional<PublicKey> recover(byte[] digest, Signature signature) {
    Secp256k1.requireDigest(digest);
    if (!signature.isInRange()) {
      return Optional.empty();
    }
    return recover(digest, signature.compact(), signature.yParity());
  }

  private Optional<PublicKey> recover(byte[] digest, byte[] compact, int yParity) {
    try {
      return Optional.of(
          PublicKey.fromUncompressed(library.ecdsaRecover(compact, digest, yParity)));
    } catch (Secp256k1Exception noSuchPoint) {
      return Optional.empty();
    }
  }

  @Override
  public boolean verify(byte[] digest, Signature signature, PublicKey key) {
    Secp256k1.requireDigest(digest);
    if (!signature.isInRange()) {
      return false;
    }
    try {
      return library.verify(signature.withLowS().compact(), digest, key.uncompressed());
    } catch (Secp256k1Exception notOnTheCurve) {
      return false;
    }
  }

  @Override
  public Signature sign(byte[] digest, byte[] secretKey) {
    Secp256k1.requireDigest(digest);
    PublicKey key = publicKey(secretKey);
    byte[] compact = library.sign(digest, secretKey);
    // The library keeps the parity to itself. It is the one that leads back to the key; that r lost
    // its highest bit to the group's order, so that neither does, happens once in 2^128.
    boolean even = recover(digest, compact, 0).filter(key::equals).isPresent();
    return new Signature(
        U256.of(Arrays.copyOf(compact, U256.BYTES)),
        U256.of(Arrays.copyOfRange(compact, U256.BYTES, Signature.COMPACT_BYTES)),
        even ? 0 : 1);
  }

  /** The library has it, and its binding for Java does not pass it on. */
  @Override
  public Signature sign(byte[] digest, byte[] secretKey, byte[] salt) {
    return java.sign(digest, secretKey, salt);
  }

  @Override
  public PublicKey publicKey(byte[] secretKey) {
    Secp256k1.requireSecretKey(secretKey);
    return PublicKey.fromUncompressed(library.pubkeyCreate(secretKey));
  }
}
