package io.mooring.evm.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Address;
import io.mooring.evm.Fixtures;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.rlp.MalformedRlp;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The raw transactions of ethers, in every form, signed by keys that are given. */
class EthersConformanceTest {
  private static final List<String> FORMS =
      List.of("signedLegacy", "signedEip155", "signedBerlin", "signedLondon", "signedCancun");

  @ParameterizedTest
  @ValueSource(strings = {"transaction.json", "transactions.json"})
  void decodesRecoversSignsAndEncodesAsEthersDoes(String file) {
    Secp256k1 curve = Secp256k1.fastest();
    int count = 0;
    for (JsonNode vector : Fixtures.json("ethers-v6", file)) {
      byte[] secret = Fixtures.hex(vector.get("privateKey").asText());
      Address signer = curve.publicKey(secret).address();
      for (String form : FORMS) {
        String hex = vector.path(form).asText("0x");
        byte[] envelope = Fixtures.hex(hex);
        String name = vector.get("name").asText() + " " + form;
        if (form.equals("signedEip155") && isForNoChain(vector)) {
          assertThrows(MalformedRlp.class, () -> SignedTransaction.decode(envelope), name);
        } else if (envelope.length > 0) {
          SignedTransaction signed = SignedTransaction.decode(envelope);
          assertArrayEquals(envelope, signed.encode(), name);
          assertEquals(Optional.of(signer), signed.sender(curve), name);
          assertArrayEquals(envelope, signed.content().sign(curve, secret).encode(), name);
          count++;
        }
      }
    }
    System.out.println("transactions of ethers, " + file + ": " + count);
  }

  /** EIP-155 with the chain id zero: ethers signs it, no chain takes it, and neither do we. */
  private static boolean isForNoChain(JsonNode vector) {
    String chainId = vector.get("transaction").path("chainId").asText("0x");
    return chainId.equals("0x") || Long.decode(chainId) == 0;
  }
}
