package io.mooring.evm.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Fork;
import io.mooring.evm.Tracer;
import io.mooring.evm.U256;
import io.mooring.evm.conformance.AllocJson;
import io.mooring.evm.conformance.JsonHex;
import io.mooring.evm.conformance.TransactionJson;
import io.mooring.evm.interpreter.Interpreter;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.WorldState;
import io.mooring.evm.transaction.BlockSpace;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.transaction.TransactionProcessor;
import io.mooring.evm.transaction.TransactionResult;
import io.mooring.evm.transaction.TransactionRules;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What go-ethereum's tracers wrote about small programs; the README beside them says how. */
class TraceConformanceTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long CHAIN_ID = 1;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "storage",
        "calls",
        "creates",
        "out-of-gas",
        "underflow",
        "bad-jump",
        "reverted",
        "creation"
      })
  void agreesWithGoEthereum(String name) throws IOException {
    Scenario scenario = Scenario.read(name);

    StringBuilder lines = new StringBuilder();
    scenario.run(new JsonStepTracer(new TraceOptions(true, true, true, true), lines));
    assertLines(scenario.json.get("eip3155"), lines.toString().lines().toList());

    assertCalls(scenario, "callTracer", CallTracer.Options.USUAL);
    assertCalls(scenario, "callTracerTopOnly", new CallTracer.Options(true, false));

    PrestateTracer prestate = new PrestateTracer(scenario.parties(), TraceBudget.unbounded());
    Ran ran = scenario.run(prestate);
    assertEquals(scenario.json.get("prestateTracer"), read(prestate.prestate(scenario.before)));
    JsonNode diff = scenario.json.get("prestateTracerDiff");
    withoutHashlessAccounts((ObjectNode) diff.get("post"));
    assertEquals(diff, read(prestate.diff(scenario.before, ran.changes)));
  }

  /** The same JSON with the number types that a parser picks. */
  private static JsonNode read(JsonNode written) throws IOException {
    return JSON.readTree(written.toString());
  }

  private static void assertCalls(Scenario scenario, String name, CallTracer.Options options)
      throws IOException {
    CallTracer tracer =
        new CallTracer(scenario.transaction.gasLimit(), options, TraceBudget.unbounded());
    Ran ran = scenario.run(tracer);
    assertEquals(
        plainErrors(scenario.json.get(name)), read(tracer.result(ran.executed.gasUsed())), name);
  }

  /**
   * Go-ethereum repeats a line with the error where a step fails after it was printed, and prints
   * the price of what could not be paid; here such a step is one line, priced at all it took.
   */
  private static void assertLines(JsonNode expected, List<String> lines) throws IOException {
    List<JsonNode> wanted = new ArrayList<>();
    List<JsonNode> got = new ArrayList<>();
    JsonNode last = JSON.createObjectNode();
    for (JsonNode line : expected) {
      boolean repeats =
          line.has("error")
              && line.has("pc")
              && line.get("pc").equals(last.get("pc"))
              && line.get("depth").equals(last.get("depth"));
      if (repeats && !line.get("error").asText().equals(Errors.REVERTED)) {
        ((ObjectNode) last).put("error", "").remove("gasCost");
      } else if (!repeats) {
        last = line;
        if (line.has("pc") && line.has("error")) {
          ((ObjectNode) line).put("error", "").remove("gasCost");
        }
        boolean halted = line.has("error") && !line.get("error").asText().equals(Errors.REVERTED);
        if (halted && line.has("output")) {
          ((ObjectNode) line)
              .put("output", ""); // code that was returned and refused is shown there
        }
        wanted.add(plainErrors(line));
      }
    }
    for (String line : lines) {
      ObjectNode node = (ObjectNode) JSON.readTree(line);
      if (node.has("pc") && node.has("error")) {
        node.put("error", "").remove("gasCost");
      }
      got.add(node);
    }
    for (int i = 0; i < Math.min(wanted.size(), got.size()); i++) {
      assertEquals(wanted.get(i), got.get(i), "line " + i);
    }
    assertEquals(wanted.size(), got.size());
  }

  /** Cuts what go-ethereum adds to the reasons for a failure. */
  private static JsonNode plainErrors(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.has("error")) {
        String error = object.get("error").asText();
        object.put(
            "error",
            error
                .replace("out of gas: write protection", "write protection")
                .replaceAll("^invalid opcode: .*", "invalid opcode")
                .replaceAll("^stack underflow .*", "stack underflow"));
      }
    }
    node.forEach(TraceConformanceTest::plainErrors);
    return node;
  }

  /** Go-ethereum lists touched precompiles as changed from no code to a code hash of zero. */
  private static void withoutHashlessAccounts(ObjectNode accounts) {
    List<String> hashless = new ArrayList<>();
    accounts
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().path("codeHash").asText().matches("0x0+")) {
                hashless.add(entry.getKey());
              }
            });
    accounts.remove(hashless);
  }

  private record Ran(TransactionResult.Executed executed, StateChanges changes) {}

  private record Scenario(
      JsonNode json, MemoryState before, Transaction transaction, Address sender) {
    static Scenario read(String name) throws IOException {
      try (InputStream in = Scenario.class.getResourceAsStream(name + ".json")) {
        JsonNode json = JSON.readTree(in);
        JsonNode transaction = json.get("transaction");
        return new Scenario(
            json,
            AllocJson.read(json.get("alloc")),
            TransactionJson.read(transaction, CHAIN_ID),
            JsonHex.address(transaction.get("sender")));
      }
    }

    List<Address> parties() {
      List<Address> parties = new ArrayList<>(List.of(sender, coinbase()));
      transaction.to().ifPresent(parties::add);
      return parties;
    }

    private Address coinbase() {
      return JsonHex.address(json.get("env").get("currentCoinbase"));
    }

    Ran run(Tracer tracer) {
      JsonNode env = json.get("env");
      TransactionRules rules = TransactionRules.of(Fork.SHANGHAI, CHAIN_ID);
      BlockContext block =
          new BlockContext(
              JsonHex.number(env.get("currentNumber")),
              JsonHex.number(env.get("currentTimestamp")),
              JsonHex.number(env.get("currentGasLimit")),
              coinbase(),
              U256.ZERO,
              JsonHex.u256(env.get("currentBaseFee")),
              U256.ZERO,
              CHAIN_ID,
              BlockContext.BlockHashes.NONE);
      WorldState world = new WorldState(before);
      TransactionResult result =
          new TransactionProcessor(new Interpreter())
              .process(
                  transaction,
                  sender,
                  rules,
                  block,
                  new BlockSpace(block.gasLimit(), 0),
                  world,
                  tracer);
      return new Ran((TransactionResult.Executed) result, world.changes());
    }
  }
}
