package io.mooring.evm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.evm.Fork;
import io.mooring.evm.transaction.TransactionRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A block of two transfers, one of them with a nonce too high, as go-ethereum's t8n computes it.
 */
class TransitionTest {
  private static final String ALLOC =
      """
      {"0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b": {"nonce": "0x0", "balance": "0xde0b6b3a7640000"}}
      """;
  private static final String ENV =
      """
      {"currentCoinbase": "0x00000000000000000000000000000000000000cc",
       "currentGasLimit": "0x1c9c380", "currentNumber": "0x5", "currentTimestamp": "0x3e8",
       "currentRandom": "0x7777777777777777777777777777777777777777777777777777777777777777",
       "parentBaseFee": "0x7", "parentGasUsed": "0xe4e1c0", "parentGasLimit": "0x1c9c380",
       "withdrawals": [{"index": "0x0", "validatorIndex": "0x1",
                        "address": "0x00000000000000000000000000000000000000ee", "amount": "0x5"}]}
      """;
  private static final String TRANSACTIONS =
      """
      [{"type": "0x2", "chainId": "0x1", "nonce": "0x0", "gas": "0x5208", "value": "0x1",
        "maxFeePerGas": "0x64", "maxPriorityFeePerGas": "0x2", "input": "0x", "accessList": [],
        "to": "0x00000000000000000000000000000000000000dd", "v": "0x0", "r": "0x0", "s": "0x0",
        "secretKey": "0x45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8"},
       {"nonce": "0x9", "gas": "0x5208", "value": "0x1", "gasPrice": "0x64", "input": "0x",
        "to": "0x00000000000000000000000000000000000000dd", "v": "0x0", "r": "0x0", "s": "0x0",
        "secretKey": "0x45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8"}]
      """;

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  @Test
  void writesWhatGoEthereumWrites() throws IOException {
    Files.writeString(folder.resolve("alloc.json"), ALLOC);
    Files.writeString(folder.resolve("env.json"), ENV);
    Files.writeString(folder.resolve("txs.json"), TRANSACTIONS);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Main.run(
            List.of(
                "t8n",
                "--input.alloc=" + folder.resolve("alloc.json"),
                "--input.env=" + folder.resolve("env.json"),
                "--input.txs=" + folder.resolve("txs.json"),
                "--output.basedir=" + folder.resolve("out"),
                "--state.fork=Shanghai"),
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(err));
    assertEquals(Main.OK, exit, err::toString);

    JsonNode result = JSON.readTree(folder.resolve("out/result.json").toFile());
    assertEquals(
        "0xffa9845ee14577f281fb1ad9be1142f619542bbf5edfe946589cbccae8019623",
        result.get("stateRoot").asText());
    assertEquals(
        "0x322e63929acfd961ac45994ec12df8eabe52112a1a2d7b27b4753ec7a72a8b0e",
        result.get("txRoot").asText());
    assertEquals(
        "0xf78dfb743fbd92ade140711c8bbc542b5e307f0ab7984eff35d751969fe57efa",
        result.get("receiptsRoot").asText());
    assertEquals(
        "0xa577f8441f84558b1d01ca2abe79a005ab72caabf730a5358756fd9d7912bf7b",
        result.get("withdrawalsRoot").asText());
    assertEquals("0x7", result.get("currentBaseFee").asText());
    assertEquals("0x5208", result.get("gasUsed").asText());
    assertEquals(1, result.get("rejected").get(0).get("index").asInt());
    JsonNode alloc = JSON.readTree(folder.resolve("out/alloc.json").toFile());
    assertEquals(
        "0x1", alloc.get("0x00000000000000000000000000000000000000dd").get("balance").asText());
  }

  /** 0x…dd stores 1, calls 0x…ee, and stores 0 again; the transaction before it is refused. */
  @Test
  void writesTheTracesThatGoEthereumWrites() throws IOException {
    String alloc =
        """
        {"0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b":
           {"nonce": "0x0", "balance": "0xde0b6b3a7640000"},
         "0x00000000000000000000000000000000000000dd": {"nonce": "0x1", "balance": "0x0",
           "code": "0x6001600055600060006000600060006000600060ee5af15060005500"},
         "0x00000000000000000000000000000000000000ee": {"nonce": "0x1", "balance": "0x0",
           "code": "0x60ff60005260206000f3"}}
        """;
    JsonNode transactions = JSON.readTree(TRANSACTIONS);
    ((ObjectNode) transactions.get(0)).put("gas", "0x15208");
    JsonNode swapped = JSON.createArrayNode().add(transactions.get(1)).add(transactions.get(0));
    Files.writeString(folder.resolve("alloc.json"), alloc);
    Files.writeString(folder.resolve("env.json"), ENV);
    Files.writeString(folder.resolve("txs.json"), swapped.toString());
    int exit =
        Main.run(
            List.of(
                "t8n",
                "--trace",
                "--input.alloc=" + folder.resolve("alloc.json"),
                "--input.env=" + folder.resolve("env.json"),
                "--input.txs=" + folder.resolve("txs.json"),
                "--output.basedir=" + folder.resolve("out"),
                "--state.fork=Shanghai"),
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(new ByteArrayOutputStream()));
    assertEquals(Main.OK, exit);

    String name = "trace-1-0x5e574c2422f306af21a4a63e44e0eb214dfc2f71f61ca7a8a165b551e7e54a0e";
    assertEquals(
        new String(
            Objects.requireNonNull(TransitionTest.class.getResourceAsStream("trace.jsonl"))
                .readAllBytes(),
            StandardCharsets.US_ASCII),
        Files.readString(folder.resolve("out/" + name + ".jsonl")));
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      List<Path> refused =
          files.filter(file -> file.getFileName().toString().startsWith("trace-0-")).toList();
      assertEquals(1, refused.size());
      assertEquals("", Files.readString(refused.getFirst()));
    }
  }

  @Test
  void paysTheMinerOfOldAndItsOmmers() throws IOException {
    String env =
        """
        {"currentCoinbase": "0x00000000000000000000000000000000000000cc",
         "currentGasLimit": "0x1c9c380", "currentNumber": "0x5", "currentTimestamp": "0x3e8",
         "currentDifficulty": "0x20000",
         "ommers": [{"delta": 1, "address": "0x00000000000000000000000000000000000000ab"}]}
        """;
    Transition transition =
        new Transition(
            Engines.named(Engines.DEFAULT),
            TransactionRules.of(Fork.FRONTIER, 1),
            TransactionTraces.NONE);
    JsonNode alloc =
        transition
            .run(JSON.readTree(ALLOC), JSON.readTree(env), JSON.createArrayNode(), 3_200)
            .alloc();
    assertEquals(
        "0xce4", alloc.get("0x00000000000000000000000000000000000000cc").get("balance").asText());
    assertEquals(
        "0xaf0", alloc.get("0x00000000000000000000000000000000000000ab").get("balance").asText());
    assertTrue(alloc.has("0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b"));
  }
}
