package io.mooring.ledger.note;

import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.InstantSource;

/**
 * Signs checkpoints with the time, as a witness does, or a log that wants a signature which
 * outlives Ed25519 (type {@link SignatureType#ML_DSA_44_COSIGNATURE}). Before it signs, its caller
 * has checked that the checkpoint is consistent with all it has signed for that log.
 */
public final class Cosigner implements NoteSigner {
  private final VerifierKey verifierKey;
  private final PrivateKey privateKey;
  private final InstantSource clock;

  private Cosigner(VerifierKey verifierKey, PrivateKey privateKey, InstantSource clock) {
    this.verifierKey = verifierKey;
    this.privateKey = privateKey;
    this.clock = clock;
  }

  public static Cosigner ofSeed(String name, SignatureType type, byte[] seed, InstantSource clock) {
    if (!type.timestamped) {
      throw new IllegalArgumentException(type + " is not a cosignature");
    }
    KeyPair keys = type.algorithm.keyPair(LogSigner.requireSeed(seed));
    VerifierKey verifierKey = VerifierKey.of(name, type, type.algorithm.raw(keys.getPublic()));
    return new Cosigner(verifierKey, keys.getPrivate(), clock);
  }

  @Override
  public VerifierKey verifierKey() {
    return verifierKey;
  }

  @Override
  public NoteSignature sign(String text) {
    SignatureType type = verifierKey.type();
    long seconds = clock.instant().getEpochSecond();
    byte[] message = Cosigned.message(type, verifierKey.name(), seconds, text);
    byte[] proper = type.algorithm.sign(privateKey, message);
    byte[] signature =
        ByteBuffer.allocate(Long.BYTES + proper.length).putLong(seconds).put(proper).array();
    return new NoteSignature(verifierKey.name(), verifierKey.keyId(), signature);
  }
}
