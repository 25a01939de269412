package io.mooring.evm.keystore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mooring.evm.crypto.Keccak256;
import io.mooring.evm.keystore.KeystoreRefused.Reason;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;

/** Version 3 of Ethereum's encrypted key file, read only: with the password it gives the key. */
public final class Keystore {
  /** scrypt holds 128 n r bytes; wallets ask for 256 MiB at most. */
  public static final long SCRYPT_BYTES_MAX = 256L << 20;

  public static final int SCRYPT_PARALLEL_MAX = 8;
  public static final int PBKDF2_ROUNDS_MAX = 10_000_000;

  private static final JsonMapper JSON = new JsonMapper();
  private static final int VERSION = 3;
  private static final int DERIVED_BYTES = 32;
  private static final int CIPHER_KEY_BYTES = 16;

  private Keystore() {}

  /**
   * @throws KeystoreRefused if this is no keystore we read, or the password is wrong
   */
  public static byte[] open(String json, byte[] password) {
    JsonNode file;
    try {
      file = JSON.readTree(json);
    } catch (JsonProcessingException malformed) {
      throw new KeystoreRefused(Reason.MALFORMED, "not JSON");
    }
    if (file.path("version").asInt() != VERSION) {
      throw new KeystoreRefused(Reason.UNSUPPORTED, "only version 3 is read");
    }
    // Old writers put a capital on it.
    JsonNode crypto = file.has("crypto") ? file.get("crypto") : file.path("Crypto");
    if (!crypto.path("cipher").asText().equals("aes-128-ctr")) {
      throw new KeystoreRefused(Reason.UNSUPPORTED, "only aes-128-ctr is read");
    }
    byte[] ciphertext = hex(crypto.path("ciphertext"));
    byte[] iv = hex(crypto.path("cipherparams").path("iv"));
    byte[] mac = hex(crypto.path("mac"));

    byte[] derived = derive(crypto.path("kdf").asText(), crypto.path("kdfparams"), password);
    byte[] authenticated = Arrays.copyOf(derived, CIPHER_KEY_BYTES + ciphertext.length);
    System.arraycopy(derived, CIPHER_KEY_BYTES, authenticated, 0, CIPHER_KEY_BYTES);
    System.arraycopy(ciphertext, 0, authenticated, CIPHER_KEY_BYTES, ciphertext.length);
    if (!MessageDigest.isEqual(Keccak256.hash(authenticated), mac)) {
      throw new KeystoreRefused(Reason.WRONG_PASSWORD, "the password does not open this keystore");
    }
    return decrypt(Arrays.copyOf(derived, CIPHER_KEY_BYTES), iv, ciphertext);
  }

  private static byte[] derive(String function, JsonNode parameters, byte[] password) {
    byte[] salt = hex(parameters.path("salt"));
    if (parameters.path("dklen").asInt() != DERIVED_BYTES) {
      throw new KeystoreRefused(Reason.UNSUPPORTED, "the derived key has 32 bytes");
    }
    return switch (function) {
      case "scrypt" -> {
        long n = positive(parameters, "n");
        long r = positive(parameters, "r");
        long p = positive(parameters, "p");
        if (Long.bitCount(n) != 1 || n == 1) {
          throw new KeystoreRefused(Reason.MALFORMED, "n is not a power of two");
        }
        if (n > SCRYPT_BYTES_MAX || r > SCRYPT_BYTES_MAX / 128 / n || p > SCRYPT_PARALLEL_MAX) {
          throw new KeystoreRefused(Reason.TOO_COSTLY, "scrypt wants more than we give");
        }
        yield SCrypt.generate(password, salt, (int) n, (int) r, (int) p, DERIVED_BYTES);
      }
      case "pbkdf2" -> {
        if (!parameters.path("prf").asText().equals("hmac-sha256")) {
          throw new KeystoreRefused(Reason.UNSUPPORTED, "only hmac-sha256 is read");
        }
        long rounds = positive(parameters, "c");
        if (rounds > PBKDF2_ROUNDS_MAX) {
          throw new KeystoreRefused(Reason.TOO_COSTLY, "pbkdf2 wants more than we give");
        }
        PKCS5S2ParametersGenerator generator =
            new PKCS5S2ParametersGenerator(SHA256Digest.newInstance());
        generator.init(password, salt, (int) rounds);
        KeyParameter key =
            (KeyParameter) generator.generateDerivedMacParameters(DERIVED_BYTES * Byte.SIZE);
        yield key.getKey();
      }
      default -> throw new KeystoreRefused(Reason.UNSUPPORTED, "only scrypt and pbkdf2 are read");
    };
  }

  private static byte[] decrypt(byte[] key, byte[] iv, byte[] ciphertext) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter(iv)));
      return cipher.doFinal(ciphertext);
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("this JDK has no AES in counter mode", absent);
    }
  }

  /** Writers that take the counter for a number leave its leading zeros out. */
  private static byte[] counter(byte[] iv) {
    if (iv.length > CIPHER_KEY_BYTES) {
      throw new KeystoreRefused(Reason.MALFORMED, "the iv has 16 bytes");
    }
    byte[] counter = new byte[CIPHER_KEY_BYTES];
    System.arraycopy(iv, 0, counter, CIPHER_KEY_BYTES - iv.length, iv.length);
    return counter;
  }

  private static long positive(JsonNode parameters, String name) {
    JsonNode value = parameters.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() <= 0) {
      throw new KeystoreRefused(Reason.MALFORMED, name + " is not a positive number");
    }
    return value.asLong();
  }

  private static byte[] hex(JsonNode digits) {
    try {
      return HexFormat.of().parseHex(digits.asText());
    } catch (IllegalArgumentException notHex) {
      throw new KeystoreRefused(Reason.MALFORMED, "not hexadecimal digits");
    }
  }
}
