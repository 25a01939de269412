package io.mooring.evm.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Fixtures;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.keystore.KeystoreRefused.Reason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeystoreTest {
  private static final String PBKDF2 =
      """
      {"version":3,"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"00"},"ciphertext":"00",
      "kdf":"pbkdf2","kdfparams":{"c":1,"dklen":32,"prf":"hmac-sha256","salt":"00"},"mac":"00"}}
      """;
  private static final String SCRYPT =
      """
      {"version":3,"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"00"},"ciphertext":"00",
      "kdf":"scrypt","kdfparams":{"n":2,"r":1,"p":1,"dklen":32,"salt":"00"},"mac":"00"}}
      """;

  @Test
  void opensTheKeystoresOfEthereumTests() {
    Fixtures.json("keystoretests", "basic_tests.json")
        .forEach(
            vector -> {
              byte[] password = vector.get("password").asText().getBytes(StandardCharsets.UTF_8);
              assertArrayEquals(
                  Fixtures.hex(vector.get("priv").asText()),
                  Keystore.open(vector.get("json").toString(), password));
            });
  }

  @Test
  void opensTheKeystoresOfEthersToTheirAddresses() {
    int opened = 0;
    for (JsonNode vector : Fixtures.json("ethers-v6", "wallets.json")) {
      // The other type, crowdsale, is the presale's own format.
      if (vector.get("type").asText().equals("keystore")) {
        byte[] secret =
            Keystore.open(
                vector.get("content").asText(), Fixtures.hex(vector.get("password").asText()));
        assertEquals(
            vector.get("address").asText().toLowerCase(),
            Secp256k1.fastest().publicKey(secret).address().toString());
        opened++;
      }
    }
    assertEquals(4, opened);
  }

  @ParameterizedTest(name = "{0} -> {2}: {3}")
  @CsvSource({
    "'\"version\":3', '\"version\":1', UNSUPPORTED",
    "aes-128-ctr, aes-128-cbc, UNSUPPORTED",
    "hmac-sha256, hmac-sha1, UNSUPPORTED",
    "'\"dklen\":32', '\"dklen\":16', UNSUPPORTED",
    "pbkdf2, argon2id, UNSUPPORTED",
    "'\"c\":1', '\"c\":10000001', TOO_COSTLY",
    "'\"c\":1', '\"c\":0', MALFORMED",
    "'\"c\":1', '\"c\":\"1\"', MALFORMED",
    "'\"mac\":\"00\"', '\"mac\":\"0g\"', MALFORMED",
    "'\"version\":3', '\"version\":3,}', MALFORMED",
    "'\"c\":1', '\"c\":1', WRONG_PASSWORD"
  })
  void refuses(String part, String instead, Reason reason) {
    assertRefused(PBKDF2.replace(part, instead), reason);
  }

  @ParameterizedTest(name = "n {0}, r {1}, p {2}: {3}")
  @CsvSource({
    "2, 1, 1, WRONG_PASSWORD",
    "3, 1, 1, MALFORMED",
    "1, 1, 1, MALFORMED",
    "262144, 8, 9, TOO_COSTLY",
    "262144, 9, 1, TOO_COSTLY",
    "4611686018427387904, 1, 1, TOO_COSTLY",
    "2, 4611686018427387904, 1, TOO_COSTLY"
  })
  void boundsTheWorkOfScrypt(String n, String r, String p, Reason reason) {
    assertRefused(
        SCRYPT
            .replace("\"n\":2", "\"n\":" + n)
            .replace("\"r\":1", "\"r\":" + r)
            .replace("\"p\":1", "\"p\":" + p),
        reason);
  }

  private static void assertRefused(String json, Reason reason) {
    KeystoreRefused refused =
        assertThrows(KeystoreRefused.class, () -> Keystore.open(json, new byte[0]));
    assertEquals(reason, refused.reason());
  }
}
