package io.mooring.evm.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Fixtures;
import io.mooring.evm.U256;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What both implementations of secp256k1 promise. */
abstract class Secp256k1Contract {
  abstract Secp256k1 curve();

  @Test
  void signsRecoversAndVerifiesTheSame() {
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      byte[] secret = bytes(random);
      byte[] digest = bytes(random);
      PublicKey key = curve().publicKey(secret);

      Signature signature = curve().sign(digest, secret);

      assertTrue(signature.hasLowS() && signature.isInRange());
      assertEquals(Optional.of(key), curve().recover(digest, signature));
      assertTrue(curve().verify(digest, signature, key));
      assertFalse(curve().verify(bytes(random), signature, key));
      assertEquals(new JavaSecp256k1().sign(digest, secret), signature, "deterministic");
    }
  }

  @Test
  void signsOtherwiseForAnotherSaltAndTheSameForTheSame() {
    Random random = new Random(12);
    for (int i = 0; i < 50; i++) {
      byte[] secret = bytes(random);
      byte[] digest = bytes(random);
      byte[] salt = bytes(random);
      PublicKey key = curve().publicKey(secret);

      Signature signature = curve().sign(digest, secret, salt);

      assertTrue(signature.hasLowS() && signature.isInRange());
      assertEquals(Optional.of(key), curve().recover(digest, signature));
      assertEquals(signature, curve().sign(digest, secret, salt));
      assertEquals(new JavaSecp256k1().sign(digest, secret, salt), signature);
      assertNotEquals(signature, curve().sign(digest, secret, bytes(random)));
      assertNotEquals(signature, curve().sign(digest, secret));
    }
  }

  /** The vector is noble-secp256k1's, of one byte of "extra entropy". */
  @Test
  void takesTheSaltWhereRfc6979DoesInSection36() {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 1);
    byte[] digest =
        Fixtures.hex("d1a9dc8ed4e46a6a3e5e594615ca351d7d7ef44df1e4c94c1802f3592183794b");

    assertArrayEquals(
        Fixtures.hex(
            "a250ec23a54bfdecf0e924cbf484077c5044410f915cdba86731cb2e4e925aaa"
                + "5b1e4e3553d88be2c48a9a0d8d849ce2cc5720d25b2f97473e02f2550abe9545"),
        curve().sign(digest, secret, new byte[] {1}).compact());
  }

  @Test
  void acceptsTheHighValueOfSAndRecoversTheSameKeyFromIt() {
    byte[] secret = Keccak256.hash("cow".getBytes());
    byte[] digest = Keccak256.hash(new byte[0]);
    Signature low = curve().sign(digest, secret);
    Signature high =
        Signature.of(
            low.r().toBigInteger(),
            Secp256k1.ORDER.subtract(low.s().toBigInteger()),
            1 - low.yParity());
    assertFalse(high.hasLowS());
    assertEquals(low, high.withLowS());
    assertEquals(curve().recover(digest, low), curve().recover(digest, high));
    assertTrue(curve().verify(digest, high, curve().publicKey(secret)));
  }

  @Test
  void recoversNothingFromNumbersOutOfRange() {
    byte[] digest = Keccak256.hash(new byte[0]);
    U256 order = U256.of(Secp256k1.ORDER);
    for (U256 bad : new U256[] {U256.ZERO, order, new U256(-1, -1, -1, -1)}) {
      assertEquals(Optional.empty(), curve().recover(digest, new Signature(bad, U256.ONE, 0)));
      assertEquals(Optional.empty(), curve().recover(digest, new Signature(U256.ONE, bad, 1)));
    }
  }

  @Test
  void recoversNothingWhereNoPointHasThisX() {
    // 5^3 + 7 = 132 is not a square modulo the field's prime.
    Signature signature = new Signature(U256.of(5), U256.ONE, 0);
    assertEquals(Optional.empty(), curve().recover(new byte[32], signature));
  }

  @Test
  void recoversNothingWhereTheKeyWouldBeAtInfinity() {
    // With R = G, digest = r and s = 1 the key is r^-1 (sR - zG) = r^-1 (G - rG); with s = r it is
    // 0.
    BigInteger x =
        new BigInteger("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16);
    Signature signature = Signature.of(x, x, 0);
    byte[] digest = U256.of(x).bytes();
    assertEquals(Optional.empty(), curve().recover(digest, signature));
  }

  @Test
  void doesNotVerifyByAKeyThatIsNotOnTheCurve() {
    byte[] digest = Keccak256.hash(new byte[0]);
    Signature signature = curve().sign(digest, Keccak256.hash("cow".getBytes()));
    assertFalse(curve().verify(digest, signature, PublicKey.of(new byte[PublicKey.BYTES])));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "01"
      })
  void refusesSecretKeysThatAreNone(String secret) {
    byte[] key = Fixtures.hex(secret);
    assertThrows(IllegalArgumentException.class, () -> curve().publicKey(key));
    assertThrows(IllegalArgumentException.class, () -> curve().sign(new byte[32], key));
  }

  @Test
  void refusesDigestsOfAnotherLength() {
    Signature signature = new Signature(U256.ONE, U256.ONE, 0);
    assertThrows(IllegalArgumentException.class, () -> curve().recover(new byte[31], signature));
  }

  @Test
  void derivesTheAddressesOfTheBasicTests() {
    // The file's sig_of_emptystring is over a digest that it does not give: not used here.
    for (JsonNode vector : Fixtures.json("basictests", "keyaddrtest.json")) {
      byte[] secret = Fixtures.hex(vector.get("key").asText());
      assertEquals(
          "0x" + vector.get("addr").asText(), curve().publicKey(secret).address().toString());
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ecdsa_secp256k1_sha256_test, SHA-256, false",
    "ecdsa_secp256k1_sha256_bitcoin_test, SHA-256, true",
    "ecdsa_secp256k1_sha3_256_test, SHA3-256, false"
  })
  void agreesWithWycheproof(String suite, String digest, boolean lowSOnly)
      throws NoSuchAlgorithmException {
    int cases = 0;
    for (JsonNode group : Fixtures.json("wycheproof-ecdsa", suite + ".json").get("testGroups")) {
      byte[] point = Fixtures.hex(group.get("publicKey").get("uncompressed").asText());
      PublicKey key = PublicKey.of(Arrays.copyOfRange(point, 1, point.length));
      for (JsonNode vector : group.get("tests")) {
        byte[] hash =
            MessageDigest.getInstance(digest).digest(Fixtures.hex(vector.get("msg").asText()));
        boolean valid = verifies(hash, Fixtures.hex(vector.get("sig").asText()), key, lowSOnly);
        assertEquals(vector.get("result").asText().equals("valid"), valid, vector.toString());
        cases++;
      }
    }
    System.out.println(curve().name() + ", " + suite + ": " + cases);
  }

  private boolean verifies(byte[] hash, byte[] der, PublicKey key, boolean lowSOnly) {
    DerSignature parsed;
    try {
      parsed = DerSignature.parse(der);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
    Signature signature = new Signature(parsed.r(), parsed.s(), 0);
    if (lowSOnly && !signature.hasLowS() || !curve().verify(hash, signature, key)) {
      return false;
    }
    parsed
        .recovering(curve(), hash, key)
        .ifPresent(low -> assertEquals(Optional.of(key), curve().recover(hash, low)));
    return true;
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }
}
