package io.mooring.evm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Evm;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.U256;
import io.mooring.evm.block.BlockExecution;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.block.Difficulty;
import io.mooring.evm.block.FeeMarket;
import io.mooring.evm.block.IndexedRoot;
import io.mooring.evm.block.InvalidBlock;
import io.mooring.evm.block.Receipt;
import io.mooring.evm.block.Receipt.Result.StateRoot;
import io.mooring.evm.block.Requests;
import io.mooring.evm.block.Withdrawal;
import io.mooring.evm.conformance.AllocJson;
import io.mooring.evm.conformance.JsonHex;
import io.mooring.evm.conformance.TransactionJson;
import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.rlp.RlpOutput;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.TransactionResult;
import io.mooring.evm.transaction.TransactionRules;
import io.mooring.evm.trie.NodeStore;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** One block in the JSON of go-ethereum's transition tool: state, block and transactions in. */
final class Transition {
  private static final long OMMER_PARTS = 8;
  private static final long NEPHEW_PARTS = 32;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Evm evm;
  private final TransactionRules rules;
  private final TransactionTraces traces;

  private final List<SignedTransaction> included = new ArrayList<>();
  private final ArrayNode receipts = NODES.arrayNode();
  private final ArrayNode rejected = NODES.arrayNode();
  private final List<Log> logs = new ArrayList<>();

  record Result(JsonNode alloc, JsonNode result, JsonNode body) {}

  Transition(Evm evm, TransactionRules rules, TransactionTraces traces) {
    this.evm = evm;
    this.rules = rules;
    this.traces = traces;
  }

  /**
   * @param reward what the miner gets; negative for nothing at all, as after Paris
   */
  Result run(JsonNode alloc, JsonNode env, JsonNode transactions, long reward) {
    MemoryState state = AllocJson.read(alloc);
    BlockContext block = block(env);
    BlockExecution execution =
        new BlockExecution(evm, rules, block, state, AllocJson.trie(state, NodeStore.NONE));
    execution.begin(
        block.number() == 0 ? Hash.ZERO : parentHash(env, block),
        JsonHex.has(env, "parentBeaconBlockRoot")
            ? JsonHex.hash(env.get("parentBeaconBlockRoot"))
            : Hash.ZERO);
    addAll(transactions, execution, block);
    List<Withdrawal> withdrawals = withdrawals(env.path("withdrawals"));
    execution.withdraw(withdrawals);
    pay(env, block, reward, execution);

    ObjectNode result = result(env, block, execution, withdrawals);
    state.apply(execution.changes());
    return new Result(AllocJson.write(state), result, TextNode.valueOf(body()));
  }

  private static Hash parentHash(JsonNode env, BlockContext block) {
    JsonNode known = env.path("blockHashes").path(Long.toString(block.number() - 1));
    return known.isMissingNode() ? Hash.ZERO : JsonHex.hash(known);
  }

  // ---- the block ----

  private BlockContext block(JsonNode env) {
    Fork fork = rules.fork();
    U256 difficulty =
        fork.includes(Fork.PARIS) ? JsonHex.u256(env, "currentRandom", U256.ZERO) : difficulty(env);
    return new BlockContext(
        JsonHex.number(env.get("currentNumber")),
        JsonHex.number(env.get("currentTimestamp")),
        JsonHex.number(env.get("currentGasLimit")),
        JsonHex.address(env.get("currentCoinbase")),
        difficulty,
        fork.includes(Fork.LONDON) ? baseFee(env) : U256.ZERO,
        fork.includes(Fork.CANCUN) ? rules.blobs().baseFee(excessBlobGas(env)) : U256.ZERO,
        rules.chainId(),
        number -> {
          JsonNode hash = env.path("blockHashes").path(Long.toUnsignedString(number));
          if (hash.isMissingNode()) {
            throw new InvalidBlock("env has no hash for block " + number);
          }
          return JsonHex.hash(hash);
        });
  }

  private U256 difficulty(JsonNode env) {
    if (JsonHex.has(env, "currentDifficulty") || !JsonHex.has(env, "parentDifficulty")) {
      return JsonHex.u256(env, "currentDifficulty", U256.ZERO);
    }
    boolean ommers =
        JsonHex.has(env, "parentUncleHash")
            && !JsonHex.hash(env.get("parentUncleHash")).equals(Hash.ZERO)
            && !JsonHex.hash(env.get("parentUncleHash")).equals(BlockHeader.NO_OMMERS);
    return Difficulty.next(
        rules.fork(),
        JsonHex.number(env.get("currentNumber")),
        JsonHex.number(env.get("currentTimestamp")),
        JsonHex.u256(env.get("parentDifficulty")),
        JsonHex.number(env, "parentTimestamp", 0),
        ommers);
  }

  private static U256 baseFee(JsonNode env) {
    if (JsonHex.has(env, "currentBaseFee")) {
      return JsonHex.u256(env.get("currentBaseFee"));
    }
    if (!JsonHex.has(env, "parentBaseFee")) {
      throw new InvalidBlock("env has neither currentBaseFee nor parentBaseFee");
    }
    return FeeMarket.nextBaseFee(
        JsonHex.u256(env.get("parentBaseFee")),
        JsonHex.number(env.get("parentGasLimit")),
        JsonHex.number(env.get("parentGasUsed")));
  }

  private long excessBlobGas(JsonNode env) {
    return JsonHex.has(env, "currentExcessBlobGas")
        ? JsonHex.number(env.get("currentExcessBlobGas"))
        : FeeMarket.nextExcessBlobGas(
            rules.fork(),
            rules.blobs(),
            JsonHex.number(env, "parentExcessBlobGas", 0),
            JsonHex.number(env, "parentBlobGasUsed", 0),
            JsonHex.u256(env, "parentBaseFee", U256.ZERO));
  }

  private static List<Withdrawal> withdrawals(JsonNode json) {
    List<Withdrawal> withdrawals = new ArrayList<>();
    for (JsonNode entry : json) {
      withdrawals.add(
          new Withdrawal(
              JsonHex.number(entry.get("index")),
              JsonHex.number(entry.get("validatorIndex")),
              JsonHex.address(entry.get("address")),
              JsonHex.number(entry.get("amount"))));
    }
    return withdrawals;
  }

  private static void pay(JsonNode env, BlockContext block, long reward, BlockExecution execution) {
    if (reward < 0) {
      return;
    }
    BigInteger wei = BigInteger.valueOf(reward);
    BigInteger nephews =
        wei.divide(BigInteger.valueOf(NEPHEW_PARTS))
            .multiply(BigInteger.valueOf(env.path("ommers").size()));
    for (JsonNode ommer : env.path("ommers")) {
      long parts = OMMER_PARTS - JsonHex.number(ommer.get("delta"));
      BigInteger share =
          wei.multiply(BigInteger.valueOf(parts)).divide(BigInteger.valueOf(OMMER_PARTS));
      execution.reward(JsonHex.address(ommer.get("address")), U256.of(share));
    }
    execution.reward(block.coinbase(), U256.of(wei.add(nephews)));
  }

  // ---- the transactions ----

  private void addAll(JsonNode transactions, BlockExecution execution, BlockContext block) {
    if (transactions.isTextual()) {
      RlpInput list = RlpInput.ofList(JsonHex.bytes(transactions));
      for (int index = 0; list.hasNext(); index++) {
        byte[] envelope = list.nextIsList() ? list.encoded() : list.bytes();
        add(index, () -> SignedTransaction.decode(envelope), execution, block);
      }
      return;
    }
    int index = 0;
    for (JsonNode json : transactions) {
      add(index++, () -> TransactionJson.readSigned(json, rules), execution, block);
    }
  }

  private interface Reading {
    SignedTransaction read();
  }

  private void add(int index, Reading reading, BlockExecution execution, BlockContext block) {
    SignedTransaction signed;
    try {
      signed = reading.read();
    } catch (IllegalArgumentException | ArithmeticException malformed) {
      reject(index, String.valueOf(malformed.getMessage()));
      return;
    }
    add(index, signed, execution, block);
  }

  private void add(
      int index, SignedTransaction signed, BlockExecution execution, BlockContext block) {
    TransactionResult outcome =
        traces.run(index, signed.hash(), tracer -> execution.add(signed, tracer));
    switch (outcome) {
      case TransactionResult.Executed executed -> {
        receipts.add(receipt(signed, executed, execution.receipts().getLast(), block));
        included.add(signed);
      }
      case TransactionResult.Refused(var refusal) ->
          reject(index, refusal + ": " + refusal.explanation());
      case TransactionResult.Interrupted(var halt) -> reject(index, "interrupted: " + halt);
    }
  }

  private void reject(int index, String error) {
    rejected.addObject().put("index", index).put("error", error);
  }

  private ObjectNode receipt(
      SignedTransaction signed,
      TransactionResult.Executed executed,
      Receipt receipt,
      BlockContext block) {
    ObjectNode json = NODES.objectNode();
    json.put("type", quantity(receipt.type()));
    json.put("root", receipt.result() instanceof StateRoot(Hash root) ? root.toString() : "0x");
    json.put("status", quantity(executed.isSuccess() ? 1 : 0));
    json.put("cumulativeGasUsed", quantity(receipt.cumulativeGasUsed()));
    json.put("logsBloom", receipt.bloom().toString());
    String hash = signed.hash().toString();
    ArrayNode logged = json.putArray("logs");
    for (Log log : receipt.logs()) {
      ObjectNode entry = logged.addObject().put("address", log.address().toString());
      ArrayNode topics = entry.putArray("topics");
      log.topics().forEach(topic -> topics.add(topic.toString()));
      entry.put("data", hex(log.data()));
      entry.put("blockNumber", quantity(block.number()));
      entry.put("transactionHash", hash);
      entry.put("transactionIndex", quantity(included.size()));
      entry.put("blockHash", Hash.ZERO.toString());
      entry.put("blockTimestamp", quantity(block.timestamp()));
      entry.put("logIndex", quantity(logs.size()));
      entry.put("removed", false);
      logs.add(log);
    }
    json.put("transactionHash", hash);
    json.put("contractAddress", executed.contract().orElse(Address.ZERO).toString());
    json.put("gasUsed", quantity(executed.gasUsed()));
    json.put("effectiveGasPrice", executed.gasPrice().toString());
    if (executed.blobGasUsed() > 0) {
      json.put("blobGasUsed", quantity(executed.blobGasUsed()));
    }
    // The block has no hash yet, for its header is not made here.
    json.put("blockHash", Hash.ZERO.toString());
    json.put("blockNumber", quantity(block.number()));
    json.put("transactionIndex", quantity(included.size()));
    return json;
  }

  // ---- the result ----

  private ObjectNode result(
      JsonNode env, BlockContext block, BlockExecution execution, List<Withdrawal> withdrawals) {
    Fork fork = rules.fork();
    ObjectNode json = NODES.objectNode();
    // The requests come first: asking for them changes the state.
    if (fork.includes(Fork.PRAGUE)) {
      Requests requests = execution.requests(Requests.DEPOSIT_CONTRACT);
      json.put("requestsHash", requests.hash().toString());
      ArrayNode encoded = json.putArray("requests");
      requests.encoded().forEach(request -> encoded.add(hex(request)));
    }
    json.put("stateRoot", execution.stateRoot().toString());
    json.put("txRoot", IndexedRoot.ofTransactions(included).toString());
    json.put("receiptsRoot", IndexedRoot.ofReceipts(execution.receipts()).toString());
    json.put("logsHash", Receipt.logsHash(logs).toString());
    json.put("logsBloom", execution.bloom().toString());
    json.set("receipts", receipts);
    if (!rejected.isEmpty()) {
      json.set("rejected", rejected);
    }
    if (fork.includes(Fork.PARIS)) {
      json.putNull("currentDifficulty");
    } else {
      json.put("currentDifficulty", block.difficulty().toString());
    }
    json.put("gasUsed", quantity(execution.gasUsed()));
    if (fork.includes(Fork.LONDON)) {
      json.put("currentBaseFee", block.baseFee().toString());
    }
    if (fork.includes(Fork.SHANGHAI)) {
      json.put("withdrawalsRoot", IndexedRoot.ofWithdrawals(withdrawals).toString());
    }
    if (fork.includes(Fork.CANCUN)) {
      json.put("currentExcessBlobGas", quantity(excessBlobGas(env)));
      json.put("blobGasUsed", quantity(execution.blobGasUsed()));
    }
    return json;
  }

  private String body() {
    RlpOutput output = new RlpOutput().startList();
    included.forEach(signed -> signed.writeTo(output));
    return hex(output.endList().toBytes());
  }

  private static String quantity(long unsigned) {
    return "0x" + Long.toHexString(unsigned);
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
