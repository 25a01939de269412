package io.mooring.contracts.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.evm.Hash;
import java.util.HexFormat;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Traces of whole blocks, and witnesses, as they are answered. */
class DebugMethodsTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aBlocksTracesAreThoseOfItsTransactions() {
    ChainBlock block =
        LongStream.rangeClosed(1, bench.chain.latest().number())
            .mapToObj(number -> bench.chain.block(number).orElseThrow())
            .filter(one -> one.transactions().size() > 2)
            .findFirst()
            .orElseThrow();
    for (String tracer : new String[] {"callTracer", "prestateTracer"}) {
      String how = "{\"tracer\":\"" + tracer + "\"}";
      String number = "\"0x" + Long.toHexString(block.number()) + "\"";
      JsonNode all =
          bench.call("debug_traceBlockByNumber", "[" + number + "," + how + "]").get("result");
      assertEquals(block.transactions().size(), all.size());
      for (int i = 0; i < all.size(); i++) {
        String hash = "\"" + block.transactionHashes().get(i) + "\"";
        JsonNode one =
            bench.call("debug_traceTransaction", "[" + hash + "," + how + "]").get("result");
        assertEquals(one, all.get(i).get("result"), tracer + " of transaction " + i);
      }
    }
  }

  @Test
  void aWitnessHasTheParentsRootAndHeader() {
    ChainBlock block = bench.chain.latest();
    ChainBlock parent = bench.chain.block(block.number() - 1).orElseThrow();
    JsonNode witness = bench.call("debug_executionWitness", "[\"latest\"]").get("result");
    assertEquals(3, witness.size(), witness.toString());
    JsonNode headers = witness.get("headers");
    assertEquals(parent.hash(), Hash.keccak(bytes(headers.get(headers.size() - 1))));
    boolean root = false;
    String before = "";
    for (JsonNode node : witness.get("state")) {
      assertTrue(before.compareTo(node.asText()) < 0, "sorted, and none twice");
      before = node.asText();
      root |= Hash.keccak(bytes(node)).equals(parent.header().stateRoot());
    }
    assertTrue(root);
  }

  @Test
  void whatWasNotExecutedHasNoWitness() {
    assertEquals(
        RpcError.SERVER,
        bench.call("debug_executionWitness", "[\"0x0\"]").get("error").get("code").asInt());
    assertEquals(
        RpcError.INVALID_PARAMS,
        bench.call("debug_executionWitness", "[\"pending\"]").get("error").get("code").asInt());
  }

  private static byte[] bytes(JsonNode data) {
    return HexFormat.of().parseHex(data.asText().substring(2));
  }
}
