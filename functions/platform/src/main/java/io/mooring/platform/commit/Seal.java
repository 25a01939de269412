package io.mooring.platform.commit;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Closes an answer so that only whoever knows the idempotency key's text can read it again:
 * AES-256-GCM under HKDF-SHA-256 of the text, salted with the key's hash.
 *
 * <pre>
 * sealed = nonce (12 bytes), ciphertext, tag (16 bytes); nothing for an empty answer
 * </pre>
 */
final class Seal {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;
  private static final byte[] PURPOSE = "mooring kept answer v1".getBytes();
  private static final byte[] NOTHING = {};

  private Seal() {}

  static byte[] close(IdempotencyKey key, byte[] answer, RandomGenerator random) {
    if (answer.length == 0) {
      return NOTHING;
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] closed = crypt(Cipher.ENCRYPT_MODE, key, nonce, answer);
    byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + closed.length);
    System.arraycopy(closed, 0, sealed, NONCE_BYTES, closed.length);
    return sealed;
  }

  static byte[] open(IdempotencyKey key, byte[] sealed) {
    if (sealed.length == 0) {
      return NOTHING;
    }
    return crypt(
        Cipher.DECRYPT_MODE,
        key,
        Arrays.copyOf(sealed, NONCE_BYTES),
        Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length));
  }

  private static byte[] crypt(int mode, IdempotencyKey key, byte[] nonce, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, derive(key), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(key.hash().bytes());
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new TamperedException("a kept answer does not open under its own key", e);
    }
  }

  private static SecretKey derive(IdempotencyKey key) throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256")
        .deriveKey(
            "AES",
            HKDFParameterSpec.ofExtract()
                .addIKM(key.secret())
                .addSalt(key.hash().bytes())
                .thenExpand(PURPOSE, KEY_BYTES));
  }
}
