package io.mooring.evm.precompile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Fixtures;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class P256VerifyTest {
  private static final int CASES = 168;

  /** The signatures of 64 bytes; others the precompile's input has no room for. */
  @Test
  void agreesWithWycheproof() {
    int cases = 0;
    JsonNode suite = Fixtures.json("wycheproof-ecdsa", "ecdsa_secp256r1_sha256_p1363_test.json");
    for (JsonNode group : suite.get("testGroups")) {
      byte[] key = Fixtures.hex(group.get("publicKey").get("uncompressed").asText());
      for (JsonNode vector : group.get("tests")) {
        byte[] signature = Fixtures.hex(vector.get("sig").asText());
        if (signature.length != 64) {
          continue;
        }
        byte[] input = new byte[160];
        byte[] digest = Sha256.hash(Fixtures.hex(vector.get("msg").asText()));
        System.arraycopy(digest, 0, input, 0, 32);
        System.arraycopy(signature, 0, input, 32, 64);
        System.arraycopy(key, 1, input, 96, 64);
        byte[] expected =
            vector.get("result").asText().equals("valid") ? Truth.word(true) : new byte[0];
        assertEquals(
            Arrays.toString(expected),
            Arrays.toString(new P256Verify().run(input)),
            vector.toString());
        cases++;
      }
    }
    assertEquals(CASES, cases, "the fixtures changed: so should this number");
  }
}
