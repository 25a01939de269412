package io.mooring.evm.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.Limits;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.transaction.BlobSchedule;
import io.mooring.evm.transaction.TransactionRules;
import java.nio.charset.StandardCharsets;

/** A state test: a state, a block, a family of transactions, and what each comes to by fork. */
record StateTest(String name, JsonNode json) {
  private static final long MAINNET = 1;

  /**
   * Some tests burn billions of gas, and a test machine may be slow; one holds a megabyte of memory
   * in each of 1,024 frames.
   */
  static final Limits LIMITS =
      Limits.STANDARD.withWallMillisMax(1_800_000).withHeapBytesMax(4L << 30);

  private static final U256 BASE_FEE_IF_UNSAID = U256.of(10);

  /** Whether this JSON is a state test at all; folders of tests have other things in them, too. */
  static boolean isOne(JsonNode json) {
    return json.path("post").isObject()
        && json.path("transaction").path("data").isArray()
        && json.path("pre").isObject()
        && json.path("env").isObject();
  }

  /** Whether it is of those that were filled by mining a block; later tools say a config, too. */
  boolean isMinedForNothing() {
    return !json.has("config");
  }

  TransactionRules rules(Fork fork, String forkName) {
    JsonNode config = json.path("config");
    return new TransactionRules(
        fork,
        JsonHex.number(config, "chainid", MAINNET),
        BlobScheduleJson.read(config, fork, forkName, BlobSchedule.of(fork)),
        LIMITS);
  }

  BlockContext block(TransactionRules rules) {
    JsonNode env = json.get("env");
    Fork fork = rules.fork();
    U256 difficulty = JsonHex.u256(env, "currentDifficulty", U256.ZERO);
    U256 random = JsonHex.u256(env, "currentRandom", U256.ZERO);
    U256 baseFee = JsonHex.u256(env, "currentBaseFee", BASE_FEE_IF_UNSAID);
    return new BlockContext(
        JsonHex.number(env.get("currentNumber")),
        JsonHex.number(env.get("currentTimestamp")),
        JsonHex.number(env.get("currentGasLimit")),
        JsonHex.address(env.get("currentCoinbase")),
        fork.includes(Fork.PARIS) ? random : difficulty,
        fork.includes(Fork.LONDON) ? baseFee : U256.ZERO,
        fork.includes(Fork.CANCUN)
            ? rules.blobs().baseFee(JsonHex.number(env, "currentExcessBlobGas", 0))
            : U256.ZERO,
        rules.chainId(),
        StateTest::hashOfBlock);
  }

  /** The tests have no chain below them: a block's hash is that of its number in decimal. */
  private static Hash hashOfBlock(long number) {
    return Hash.keccak(Long.toUnsignedString(number).getBytes(StandardCharsets.US_ASCII));
  }

  Address sender() {
    JsonNode transaction = json.get("transaction");
    return JsonHex.has(transaction, "sender")
        ? JsonHex.address(transaction.get("sender"))
        : Secp256k1.fastest().publicKey(JsonHex.bytes(transaction.get("secretKey"))).address();
  }
}
