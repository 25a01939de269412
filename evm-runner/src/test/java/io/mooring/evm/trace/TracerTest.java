package io.mooring.evm.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Environment;
import io.mooring.evm.Fork;
import io.mooring.evm.Limits;
import io.mooring.evm.Message;
import io.mooring.evm.Tracer;
import io.mooring.evm.TransactionContext;
import io.mooring.evm.U256;
import io.mooring.evm.interpreter.Interpreter;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.state.WorldState;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shapes for which go-ethereum's command line has no tracer to compare with. */
class TracerTest {
  private static final Address CALLER = Address.fromHex("ca" + "00".repeat(19));
  private static final Address A = Address.fromHex("aa" + "00".repeat(19));
  private static final Address B = Address.fromHex("bb" + "00".repeat(19));
  private static final long GAS = 100_000;

  /** LOG1 of a word, a call of B, LOG0 of nothing. */
  private static final String LOGS_AROUND_A_CALL =
      "602a5f5260996020" + "5fa1" + "5f5f5f5f5f73" + "bb" + "00".repeat(19) + "5af150" + "5f5fa000";

  @Test
  void logsStandWhereTheyWereMadeAndGoWithTheFrameThatFails() {
    CallTracer tracer =
        new CallTracer(GAS, new CallTracer.Options(false, true), TraceBudget.unbounded());
    run(tracer, LOGS_AROUND_A_CALL, "60775f5fa15f5ffd"); // B logs and reverts

    JsonNode result = tracer.result(1);
    assertEquals(2, result.get("logs").size());
    JsonNode first = result.get("logs").get(0);
    assertEquals(A.toString(), first.get("address").asText());
    assertEquals("0x" + "00".repeat(31) + "99", first.get("topics").get(0).asText());
    assertEquals("0x" + "00".repeat(31) + "2a", first.get("data").asText());
    assertEquals("0x0", first.get("position").asText());
    JsonNode second = result.get("logs").get(1);
    assertEquals("0x1", second.get("position").asText());
    assertEquals("0x1", second.get("index").asText(), "the reverted log gave its index back");
    assertFalse(result.get("calls").get(0).has("logs"));
    assertEquals("execution reverted", result.get("calls").get(0).get("error").asText());
  }

  @Test
  void onlyTheTopCallKeepsOnlyItsLogs() {
    CallTracer tracer =
        new CallTracer(GAS, new CallTracer.Options(true, true), TraceBudget.unbounded());
    run(tracer, LOGS_AROUND_A_CALL, "60775f5fa100");
    assertEquals(2, tracer.result(1).get("logs").size());
    assertFalse(tracer.result(1).has("calls"));
  }

  @Test
  void structLogsShowWhatStorageWasSeenToHold() {
    StructLogTracer tracer = new StructLogTracer(TraceOptions.USUAL, TraceBudget.unbounded());
    run(tracer, "600754506001600855600054600052602060 00f3".replace(" ", ""), "");

    JsonNode result = tracer.result(21_000);
    assertEquals(21_000, result.get("gas").asLong());
    assertFalse(result.get("failed").asBoolean());
    assertEquals("0x" + "00".repeat(32), result.get("returnValue").asText());
    JsonNode load = result.get("structLogs").get(1);
    assertEquals("SLOAD", load.get("op").asText());
    assertEquals(2100, load.get("gasCost").asInt());
    assertEquals("0x7", load.get("stack").get(0).asText());
    assertEquals("0x" + "00".repeat(31) + "05", load.get("storage").get(word(7)).asText());
    JsonNode store = result.get("structLogs").get(5);
    assertEquals("SSTORE", store.get("op").asText());
    assertEquals(2, store.get("storage").size());
    assertEquals(word(1), store.get("storage").get(word(8)).asText());
    assertFalse(result.get("structLogs").get(0).has("memory"));
    assertFalse(result.get("structLogs").get(0).has("storage"));
  }

  @Test
  void structLogsShowMemoryInWordsWhereAskedTo() {
    StructLogTracer tracer =
        new StructLogTracer(new TraceOptions(false, true, false, false), TraceBudget.unbounded());
    run(tracer, "602a5f525f00", "");
    JsonNode last = tracer.result(0).get("structLogs").get(3);
    assertEquals("[\"" + word(42) + "\"]", last.get("memory").toString());
    assertFalse(last.has("stack"));
  }

  @Test
  void structLogsReturnNothingWhereTheFrameHalts() {
    StructLogTracer tracer = new StructLogTracer(TraceOptions.USUAL, TraceBudget.unbounded());
    run(tracer, "5ffe", "");
    JsonNode result = tracer.result(0);
    assertTrue(result.get("failed").asBoolean());
    assertEquals("0x", result.get("returnValue").asText());
    assertEquals("invalid opcode", result.get("structLogs").get(1).get("error").asText());
  }

  @Test
  void structLogsStopGrowingAtTheirBound() {
    TraceBudget budget = new TraceBudget(5_000);
    StructLogTracer tracer = new StructLogTracer(TraceOptions.USUAL, budget);
    run(tracer, "5b5f56", ""); // for ever
    assertTrue(budget.isSpent());
    assertTrue(tracer.result(0).get("structLogs").toString().length() < 10_000);
  }

  /** A kilobyte goes into every call and costs nothing once the memory is there. */
  @Test
  void framesStopGrowingAtTheirBound() {
    TraceBudget budget = new TraceBudget(20_000);
    CallTracer tracer = new CallTracer(GAS, new CallTracer.Options(false, false), budget);
    run(tracer, "5b" + "5f5f6104005f5f73" + "bb" + "00".repeat(19) + "5af150" + "5f56", "00");
    assertTrue(budget.isSpent());
    assertTrue(tracer.result(0).toString().length() < 25_000);
  }

  @Test
  void accountsStopGrowingAtTheirBound() {
    TraceBudget budget = new TraceBudget(1_000);
    MemoryState state = new MemoryState().put(A, 1, U256.ZERO, Code.of(new byte[2_000]));
    String trace = new PrestateTracer(List.of(A), budget).prestate(state).toString();
    assertTrue(budget.isSpent());
    assertTrue(trace.length() < 1_000, trace);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4e487b710000000000000000000000000000000000000000000000000000000000000011|arithmetic"
            + " underflow or overflow",
        "4e487b7100000000000000000000000000000000000000000000000000000000000000ff|unknown panic"
            + " code: 0xff",
        "08c379a000000000000000000000000000000000000000000000000000000000000000200000000000000000000000000000000000000000000000000000000000000002686900000000000000000000000000000000000000000000000000000000000000|hi",
        "08c379a0000000000000000000000000000000000000000000000000000000000000002000000000000000000000000000000000000000000000000000000000000000ff6869|''",
        "08c379a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff|''",
        "deadbeef0000000000000000000000000000000000000000000000000000000000000011|''",
        "08c379a0|''"
      })
  void revertReasonsAreReadWhereTheyAreOnes(String data, String reason) {
    assertEquals(reason, RevertReason.of(HexFormat.of().parseHex(data)));
  }

  private static String word(int value) {
    return "0x%064x".formatted(value);
  }

  private static void run(Tracer tracer, String codeOfA, String codeOfB) {
    MemoryState state =
        new MemoryState()
            .put(A, 1, U256.ZERO, Code.of(HexFormat.of().parseHex(codeOfA)))
            .put(B, 1, U256.ZERO, Code.of(HexFormat.of().parseHex(codeOfB)))
            .putStorage(A, U256.of(7), U256.of(5));
    BlockContext block =
        new BlockContext(
            1,
            1,
            GAS,
            Address.ZERO,
            U256.ZERO,
            U256.ZERO,
            U256.ONE,
            1,
            BlockContext.BlockHashes.NONE);
    Environment environment =
        new Environment(
            Fork.OSAKA,
            block,
            new TransactionContext(CALLER, U256.ZERO, List.of()),
            Limits.STANDARD);
    WorldState world = new WorldState(state);
    world.beginTransaction();
    new Interpreter()
        .execute(Message.call(CALLER, A, U256.ZERO, new byte[0], GAS), environment, world, tracer);
  }
}
