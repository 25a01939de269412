package io.mooring.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.crypto.Secp256k1;
import org.junit.jupiter.api.Test;

/** The addresses and hashes of ethers. */
class EthersAddressConformanceTest {
  @Test
  void derivesTheAddressesOfCreate() {
    int count = 0;
    for (JsonNode vector : Fixtures.json("ethers-v6", "create.json")) {
      Address sender = Address.fromHex(vector.get("sender").asText());
      for (JsonNode create : vector.get("creates")) {
        assertEquals(
            Address.fromHex(create.get("address").asText()),
            ContractAddress.of(sender, create.get("nonce").asLong()),
            create.get("name").asText());
        count++;
      }
    }
    System.out.println("CREATE addresses of ethers: " + count);
  }

  @Test
  void derivesTheAddressesOfCreate2() {
    int count = 0;
    for (JsonNode vector : Fixtures.json("ethers-v6", "create2.json")) {
      Address sender = Address.fromHex(vector.get("sender").asText());
      for (JsonNode create : vector.get("creates")) {
        U256 salt = U256.of(Fixtures.hex(create.get("salt").asText()));
        byte[] initCode = Fixtures.hex(create.get("initCode").asText());
        assertEquals(
            Address.fromHex(create.get("address").asText()),
            ContractAddress.of(sender, salt, Hash.keccak(initCode).bytes()),
            create.get("name").asText());
        count++;
      }
    }
    System.out.println("CREATE2 addresses of ethers: " + count);
  }

  @Test
  void derivesTheAddressesOfKeys() {
    JsonNode vectors = Fixtures.json("ethers-v6", "accounts.json");
    for (JsonNode vector : vectors) {
      byte[] secret = Fixtures.hex(vector.get("privateKey").asText());
      assertEquals(
          Address.fromHex(vector.get("address").asText()),
          Secp256k1.fastest().publicKey(secret).address());
    }
    System.out.println("addresses of ethers: " + vectors.size());
  }

  @Test
  void hashesAsEthersDoes() {
    JsonNode vectors = Fixtures.json("ethers-v6", "hashes.json");
    for (JsonNode vector : vectors) {
      assertEquals(
          vector.get("keccak256").asText(),
          Hash.keccak(Fixtures.hex(vector.get("data").asText())).toString());
    }
    System.out.println("hashes of ethers: " + vectors.size());
  }
}
