package io.mooring.contracts.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.FoundLog;
import io.mooring.contracts.chain.LogCursor;
import io.mooring.contracts.chain.LogFilter;
import io.mooring.contracts.chain.LogPage;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.block.Block;
import io.mooring.evm.block.BlockHeader;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is too much is refused, by the name of the limit that it is above. */
class RpcLimitsTest {
  private static final String AA = "\"0x00000000000000000000000000000000000000aa\"";

  private final AtomicLong nanos = new AtomicLong();

  /** Whoever looks at the clock finds that so much time has passed. */
  private long step;

  private final LongChain chain = new LongChain();
  private final Bench bench = new Bench(chain, () -> nanos.getAndAdd(step * 1_000_000_000L));

  /**
   * As many blocks as one wants, each the imported chain's last, and in each range too many logs.
   */
  private static final class LongChain extends ImportedChain {
    private long blocks = 2_000;

    /** Not while the chain is imported. */
    private boolean isLong;

    LongChain() {
      isLong = true;
    }

    @Override
    public ChainBlock latest() {
      return isLong ? renumbered(blocks) : super.latest();
    }

    @Override
    public Optional<ChainBlock> block(long number) {
      return number > super.latest().number() && number <= blocks
          ? Optional.of(renumbered(number))
          : super.block(number);
    }

    private ChainBlock renumbered(long number) {
      ChainBlock last = super.latest();
      BlockHeader header = last.header();
      BlockHeader other =
          new BlockHeader(
              header.format(),
              header.parentHash(),
              header.ommersHash(),
              header.coinbase(),
              header.stateRoot(),
              header.transactionsRoot(),
              header.receiptsRoot(),
              header.bloom(),
              header.difficulty(),
              number,
              header.gasLimit(),
              header.gasUsed(),
              header.timestamp(),
              header.extraData(),
              header.mixHash(),
              header.nonce(),
              header.baseFee(),
              header.withdrawalsRoot(),
              header.blobGasUsed(),
              header.excessBlobGas(),
              header.parentBeaconBlockRoot(),
              header.requestsHash());
      Block block =
          new Block(other, last.transactions(), last.block().ommers(), last.block().withdrawals());
      return new ChainBlock(
          block,
          last.hash(),
          last.transactionHashes(),
          last.senders(),
          last.receipts(),
          last.timeMillis(),
          last.bytes());
    }

    @Override
    public LogPage logs(LogFilter filter, LogCursor from, int limit) {
      Log log = new Log(Address.ZERO, List.of(), new byte[0]);
      FoundLog found = new FoundLog(log, 7, Hash.ZERO, 1, Hash.ZERO, 0, 0);
      return new LogPage(Collections.nCopies(limit, found), true, new LogCursor(7, 1));
    }
  }

  @Test
  void estimatesEndWithTheirTime() {
    step = 6;
    refused(
        RpcLimit.RPC_CALL_MILLIS_MAX,
        bench.call("eth_estimateGas", "[{\"to\":" + AA + "},\"0x1\"," + COUNTS_GAS + "]"));
  }

  /** Spends more gas the more it has left, so that the estimate has to search. */
  private static final String COUNTS_GAS = "{" + AA + ":{\"code\":\"0x5a620100001160005500\"}}";

  @Test
  void simulationsEndWithTheirTime() {
    step = 6;
    JsonNode error =
        bench
            .call("eth_simulateV1", "[{\"blockStateCalls\":[{\"calls\":[{},{},{}]}]}]")
            .get("error");
    assertEquals(RpcError.LIMIT_EXCEEDED, error.get("code").asInt(), error.toString());
  }

  @Test
  void tracesEndWithTheirTime() {
    step = 11;
    ChainBlock block =
        IntStream.rangeClosed(1, 54)
            .mapToObj(number -> bench.chain.block(number).orElseThrow())
            .filter(one -> one.transactions().size() > 1)
            .findFirst()
            .orElseThrow();
    String number = "\"0x" + Long.toHexString(block.number()) + "\"";
    refused(
        RpcLimit.RPC_TRACE_MILLIS_MAX, bench.call("debug_traceBlockByNumber", "[" + number + "]"));
  }

  @Test
  void tracesHaveSoManyBytes() {
    // A memory of 20 KB, which is shown again with every step of a loop.
    String overrides = "{" + AA + ":{\"code\":\"0x6000615000535b600656\"}}";
    refused(
        RpcLimit.RPC_TRACE_BYTES_MAX,
        bench.call(
            "debug_traceCall",
            "[{\"to\":"
                + AA
                + ",\"gas\":\"0x7530\"},\"0x1\",{\"enableMemory\":true,\"stateOverrides\":"
                + overrides
                + "}]"));
  }

  @Test
  void simulationsHaveSoManyBlocks() {
    JsonNode error =
        bench
            .call(
                "eth_simulateV1",
                "[{\"blockStateCalls\":["
                    + repeated("{}", RpcLimit.RPC_SIMULATED_BLOCKS_MAX.intValue() + 1)
                    + "]},\"0x1\"]")
            .get("error");
    assertEquals(RpcCodes.CLIENT_LIMIT_EXCEEDED, error.get("code").asInt(), error.toString());
  }

  @Test
  void searchesGiveSoManyLogsAndSayInWhichRangeThereAreFewer() {
    JsonNode answer = bench.call("eth_getLogs", "[{\"fromBlock\":\"0x2\",\"toBlock\":\"0x30\"}]");
    refused(RpcLimit.RPC_LOGS_MAX, answer);
    assertEquals("0x2", answer.at("/error/data/from").asText());
    assertEquals("0x6", answer.at("/error/data/to").asText(), "the log beyond stands in block 7");
  }

  @Test
  void searchesOfLogsEndWithTheirTime() {
    step = 11;
    refused(
        RpcLimit.RPC_LOGS_MILLIS_MAX,
        bench.call("eth_getLogs", "[{\"fromBlock\":\"0x2\",\"toBlock\":\"0x30\"}]"));
  }

  @Test
  void filtersNameSoManyAddressesAndTopics() {
    String address = "\"0x" + "0".repeat(35);
    String topic = "\"0x" + "0".repeat(59);
    refused(
        RpcLimit.RPC_LOG_ADDRESSES_MAX,
        bench.call("eth_getLogs", "[{\"address\":[" + numbered(address, 1_001) + "]}]"));
    refused(
        RpcLimit.RPC_LOG_TOPICS_MAX,
        bench.call("eth_getLogs", "[{\"topics\":[[" + numbered(topic, 1_001) + "]]}]"));
  }

  @Test
  void ofSoManyFiltersItIsKnownHowFarTheyWereTold() {
    String first = newBlockFilter();
    chain.blocks++;
    assertEquals(1, changes(first));
    forget(RpcLimit.RPC_FILTERS_REMEMBERED_MAX.value() - 1);
    assertEquals(0, changes(first), "it is remembered, and was told last now");
    forget(RpcLimit.RPC_FILTERS_REMEMBERED_MAX.value());
    assertEquals(1, changes(first), "it is forgotten, and tells again");
  }

  private void forget(long filters) {
    for (long i = 0; i < filters; i++) {
      bench.call("eth_uninstallFilter", "[\"" + newBlockFilter() + "\"]");
    }
  }

  private String newBlockFilter() {
    return bench.call("eth_newBlockFilter", "[]").get("result").asText();
  }

  private int changes(String filter) {
    return bench.call("eth_getFilterChanges", "[\"" + filter + "\"]").get("result").size();
  }

  @Test
  void feeHistoriesAreSoLong() {
    JsonNode all = bench.call("eth_feeHistory", "[\"0x7d0\",\"0x7d0\",[]]");
    assertEquals(
        RpcLimit.RPC_FEE_HISTORY_BLOCKS_MAX.value(),
        all.at("/result/gasUsedRatio").size(),
        all::toString);
    String percentiles =
        IntStream.rangeClosed(0, 100).mapToObj(Integer::toString).collect(Collectors.joining(","));
    refused(
        RpcLimit.RPC_FEE_HISTORY_PERCENTILES_MAX,
        bench.call("eth_feeHistory", "[\"0x1\",\"latest\",[" + percentiles + "]]"));
  }

  @Test
  void proofsHaveSoManySlots() {
    String slots = repeated("\"0x0\"", RpcLimit.RPC_PROOF_SLOTS_MAX.intValue() + 1);
    refused(
        RpcLimit.RPC_PROOF_SLOTS_MAX,
        bench.call("eth_getProof", "[" + AA + ",[" + slots + "],\"0x1\"]"));
  }

  private static String repeated(String item, int count) {
    return String.join(",", Collections.nCopies(count, item));
  }

  private static String numbered(String item, int count) {
    return IntStream.range(0, count)
        .mapToObj("%05x"::formatted)
        .map(number -> item + number + "\"")
        .collect(Collectors.joining(","));
  }

  private static void refused(RpcLimit limit, JsonNode answer) {
    JsonNode error = answer.path("error");
    assertEquals(RpcError.LIMIT_EXCEEDED, error.path("code").asInt(), answer.toString());
    assertTrue(error.get("message").asText().contains(limit.word() + ": "), answer.toString());
  }
}
