package io.mooring.evm.interpreter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Environment;
import io.mooring.evm.Evm;
import io.mooring.evm.Fixtures;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.Limits;
import io.mooring.evm.Message;
import io.mooring.evm.Outcome;
import io.mooring.evm.Tracer;
import io.mooring.evm.TransactionContext;
import io.mooring.evm.U256;
import io.mooring.evm.block.Receipt;
import io.mooring.evm.conformance.AllocJson;
import io.mooring.evm.conformance.JsonHex;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.state.WorldState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The official VMTests: one frame each, with the gas that must be left, the output and the logs.
 */
class VmTestsConformanceTest {
  private static final int CASES = 429;

  private final Evm evm = new Interpreter();
  private int cases;

  @Test
  void agreesWithEveryCaseFast() {
    Fixtures.each("vmtests", "", (file, tests) -> checkAll(tests, Tracer.NONE));
    assertEquals(CASES, cases);
  }

  @Test
  void agreesWithEveryCaseStepByStep() {
    Fixtures.each("vmtests", "", (file, tests) -> checkAll(tests, new Tracer() {}));
    assertEquals(CASES, cases);
  }

  private void checkAll(JsonNode tests, Tracer tracer) {
    tests
        .properties()
        .forEach(
            test -> {
              cases++;
              // A million rounds, traced, would only take long.
              if (tracer == Tracer.NONE || JsonHex.number(exec(test.getValue()), "gas", 0) < 1e8) {
                check(test.getKey(), test.getValue(), tracer);
              }
            });
  }

  private static JsonNode exec(JsonNode test) {
    return test.get("exec");
  }

  private void check(String name, JsonNode test, Tracer tracer) {
    JsonNode exec = exec(test);
    Address self = JsonHex.address(exec.get("address"));
    Address caller = JsonHex.address(exec.get("caller"));
    U256 value = JsonHex.u256(exec.get("value"));
    MemoryState before = AllocJson.read(test.get("pre"));
    // These tests move no value: give the caller what it will send, and take it from the account.
    adjust(before, self, U256.ZERO.minus(value));
    adjust(before, caller, value);
    WorldState world = new WorldState(before);

    Outcome outcome =
        evm.execute(
            Message.call(
                caller,
                self,
                value,
                JsonHex.bytes(exec.get("data")),
                JsonHex.number(exec.get("gas"))),
            environment(test.get("env"), exec),
            world,
            tracer);

    if (!test.has("post")) {
      assertFalse(outcome.isSuccess(), name);
      return;
    }
    assertTrue(outcome.isSuccess(), name + ": " + outcome.halt());
    assertEquals(JsonHex.number(test.get("gas")), outcome.gasLeft(), name);
    assertArrayEquals(JsonHex.bytes(test.get("out")), outcome.output(), name);
    assertEquals(JsonHex.hash(test.get("logs")), Receipt.logsHash(outcome.logs()), name);
    world.endTransaction(Fork.FRONTIER);
    before.apply(world.changes());
    MemoryState expected = AllocJson.read(test.get("post"));
    expected
        .accounts()
        .forEach(
            (address, account) -> {
              assertEquals(account, before.accounts().get(address), name);
              assertEquals(expected.storage(address), before.storage(address), name);
            });
  }

  private static void adjust(MemoryState state, Address address, U256 by) {
    AccountState account = state.account(address).orElse(AccountState.EMPTY);
    Code code = state.code(account.codeHash());
    state.put(address, account.nonce(), account.balance().plus(by), code);
  }

  private static Environment environment(JsonNode env, JsonNode exec) {
    BlockContext block =
        new BlockContext(
            JsonHex.number(env.get("currentNumber")),
            JsonHex.number(env.get("currentTimestamp")),
            JsonHex.number(env.get("currentGasLimit")),
            JsonHex.address(env.get("currentCoinbase")),
            JsonHex.u256(env.get("currentDifficulty")),
            U256.ZERO,
            U256.ZERO,
            1,
            number -> Hash.keccak(Long.toString(number).getBytes(StandardCharsets.US_ASCII)));
    TransactionContext transaction =
        new TransactionContext(
            JsonHex.address(exec.get("origin")), JsonHex.u256(exec.get("gasPrice")), List.of());
    return new Environment(Fork.FRONTIER, block, transaction, Limits.STANDARD);
  }
}
