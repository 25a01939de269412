package io.mooring.ledgers;

import io.mooring.ledger.note.LogSigner;
import io.mooring.ledger.note.NoteSigner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Keys derived from one secret and the origin by HKDF-SHA256 (RFC 5869), so that a deployment backs
 * up one secret and not a key for each ledger.
 */
public final class DerivedLedgerKeys implements LedgerKeys {
  static final int SIGNERS_MAX = 10_000;

  private static final String USE = "mooring ledger key v1\n";
  private static final int SEED_BYTES = 32;

  private final byte[] secret;
  private final ConcurrentMap<String, NoteSigner> signers = new ConcurrentHashMap<>();

  public DerivedLedgerKeys(byte[] secret) {
    this.secret = secret.clone();
  }

  @Override
  public NoteSigner signer(String origin) {
    if (signers.size() >= SIGNERS_MAX && !signers.containsKey(origin)) {
      signers.clear(); // they are derived again when asked for
    }
    return signers.computeIfAbsent(origin, this::derive);
  }

  private NoteSigner derive(String origin) {
    byte[] info = (USE + origin).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] seed =
          KDF.getInstance("HKDF-SHA256")
              .deriveData(
                  HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(info, SEED_BYTES));
      return LogSigner.ofSeed(origin, seed);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("JDK 25 has HKDF", e);
    }
  }
}
