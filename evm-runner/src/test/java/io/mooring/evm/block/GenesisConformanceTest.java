package io.mooring.evm.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Fixtures;
import io.mooring.evm.Fork;
import io.mooring.evm.conformance.GenesisJson;
import io.mooring.evm.rlp.RlpInput;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The genesis vectors of ethereum/tests; blockgenesistest is of a header before Frontier's. */
class GenesisConformanceTest {
  @Test
  void makesTheBlocksOfEthereumTests() {
    JsonNode cases = Fixtures.json("genesistests", "basic_genesis_tests.json");
    for (Map.Entry<String, JsonNode> vector : cases.properties()) {
      Block block = GenesisJson.read(vector.getValue(), Fork.FRONTIER).block();
      assertArrayEquals(
          Fixtures.hex(vector.getValue().get("result").asText()), block.encode(), vector.getKey());
    }
    System.out.println("genesis blocks: " + cases.size());
  }

  @Test
  void knowsMainnetsFirstBlockByItsHash() {
    JsonNode vector = Fixtures.json("basictests", "genesishashestest.json");
    byte[] encoded = Fixtures.hex(vector.get("genesis_rlp_hex").asText());
    Block block = Block.decode(encoded);
    assertArrayEquals(encoded, block.encode());
    assertEquals("0x" + vector.get("genesis_hash").asText(), block.header().hash().toString());
  }

  @Test
  void startsTheChainOfExecutionApis() {
    JsonNode genesis = Fixtures.json("rpc", "execution-apis/genesis.json");
    byte[] chain = Fixtures.bytes("rpc", "execution-apis/chain.rlp");
    BlockHeader first = Block.read(RlpInput.of(chain)).header();
    assertEquals(
        first.number() == 0 ? first.hash() : first.parentHash(),
        GenesisJson.read(genesis, Fork.HOMESTEAD).block().header().hash());
  }
}
