package io.mooring.evm.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Fixtures;
import io.mooring.evm.Fork;
import io.mooring.evm.conformance.ForkNames;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.rlp.MalformedRlp;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The TransactionTests of ethereum/tests: raw bytes to sender, hash and gas, or a refusal. */
class TransactionConformanceTest {
  private static final long MAINNET = 1;

  private int accepted;
  private int refused;

  @Test
  void takesAndRefusesWhatEthereumTestsSay() {
    Fixtures.each(
        "transaction",
        "",
        (file, cases) ->
            cases
                .properties()
                .forEach(
                    vector -> {
                      byte[] envelope = Fixtures.hex(vector.getValue().get("txbytes").asText());
                      vector
                          .getValue()
                          .get("result")
                          .properties()
                          .forEach(
                              result ->
                                  check(
                                      vector.getKey() + " in " + result.getKey(),
                                      envelope,
                                      ForkNames.find(result.getKey()).orElseThrow(),
                                      result.getValue()));
                    }));
    System.out.println("transactions: " + accepted + " accepted, " + refused + " refused");
    assertTrue(accepted > 0 && refused > 0);
  }

  @Test
  void readsTheSendersOfTheBasicTests() {
    for (JsonNode vector : Fixtures.json("basictests", "txtest.json")) {
      byte[] envelope = Fixtures.hex(vector.get("signed").asText());
      byte[] secret = Fixtures.hex(vector.get("key").asText());
      SignedTransaction signed = SignedTransaction.decode(envelope);
      assertArrayEquals(envelope, signed.encode());
      assertEquals(
          Optional.of(Secp256k1.fastest().publicKey(secret).address()),
          signed.sender(Secp256k1.fastest()));
    }
  }

  private void check(String name, byte[] envelope, Fork fork, JsonNode expected) {
    String outcome = outcome(name, envelope, fork, expected);
    if (expected.has("exception")) {
      refused++;
      assertTrue(!outcome.isEmpty(), name + " was accepted: " + expected);
    } else {
      accepted++;
      assertEquals("", outcome, name);
    }
  }

  /** Why the transaction was refused; empty if it was taken. */
  private static String outcome(String name, byte[] envelope, Fork fork, JsonNode expected) {
    SignedTransaction signed;
    try {
      signed = SignedTransaction.decode(envelope);
    } catch (MalformedRlp malformed) {
      return malformed.getMessage();
    }
    assertArrayEquals(envelope, signed.encode(), name);
    TransactionRules rules = TransactionRules.of(fork, MAINNET);
    var refusal = rules.refusal(signed);
    var sender = signed.sender(Secp256k1.fastest());
    if (refusal.isPresent() || sender.isEmpty()) {
      return refusal.map(Refusal::explanation).orElse("no sender");
    }
    if (expected.has("hash")) {
      assertEquals(expected.get("hash").asText(), signed.hash().toString(), name);
      assertEquals(expected.get("sender").asText(), sender.get().toString(), name);
      assertEquals(
          Long.decode(expected.get("intrinsicGas").asText()),
          Math.max(rules.intrinsicGas(signed.content()), rules.floorGas(signed.content())),
          name);
    }
    return "";
  }
}
