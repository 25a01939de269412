package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.evm.U256;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.block.BlockHeader.Format;
import io.mooring.evm.transaction.BlobSchedule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What gas costs, and has cost. */
final class FeeMethods {
  private static final int PERCENT = 100;

  private FeeMethods() {}

  static List<RpcMethod> all() {
    return List.of(
        // A block takes whatever pays the base fee, so nobody has to tip.
        RpcMethod.read("eth_gasPrice", 0, (a, s) -> Answer.quantity(s.chain().next().baseFee())),
        RpcMethod.read("eth_maxPriorityFeePerGas", 0, (a, s) -> Answer.quantity(0)),
        RpcMethod.read(
            "eth_blobBaseFee", 0, (a, s) -> Answer.quantity(blobFee(s.chain(), s.chain().next()))),
        RpcMethod.compute("eth_feeHistory", 3, FeeMethods::history));
  }

  private static U256 blobFee(Chain chain, BlockHeader header) {
    return BlockJson.has(header, Format.CANCUN)
        ? chain.rules(header).blobs().baseFee(header.excessBlobGas())
        : U256.ZERO;
  }

  /** The count may be written as a number, too, as older tools do. */
  private static long count(JsonNode node) {
    return node.isIntegralNumber() ? node.longValue() : Values.number(node);
  }

  private static double percentile(JsonNode node) {
    if (!node.isNumber() || node.doubleValue() < 0 || node.doubleValue() > PERCENT) {
      throw new InvalidValue("a percentile is a number from 0 to 100");
    }
    return node.doubleValue();
  }

  private static Answer history(Arguments arguments, RpcSession session) {
    long count = arguments.required(0, FeeMethods::count);
    ChainBlock newest =
        session
            .blocks()
            .find(arguments.required(1, BlockReference::numbered))
            .orElseThrow(() -> RpcError.server("request beyond head block").exception());
    List<Double> percentiles =
        arguments.optional(2, list -> Values.list(list, FeeMethods::percentile)).orElse(List.of());
    check(percentiles);
    long blocks =
        Math.min(
            Math.min(Math.max(count, 0), RpcLimit.RPC_FEE_HISTORY_BLOCKS_MAX.value()),
            newest.number() + 1);
    List<ChainBlock> range = new ArrayList<>();
    for (long number = newest.number() - blocks + 1; number <= newest.number(); number++) {
      range.add(session.blocks().get(new BlockReference.Number(number)));
    }
    List<BlockHeader> headers = new ArrayList<>(range.stream().map(ChainBlock::header).toList());
    headers.add(
        session
            .blocks()
            .find(new BlockReference.Number(newest.number() + 1))
            .map(ChainBlock::header)
            .orElseGet(session.chain()::next));
    return out -> write(out, session.chain(), range, headers, percentiles);
  }

  private static void check(List<Double> percentiles) {
    if (percentiles.size() > RpcLimit.RPC_FEE_HISTORY_PERCENTILES_MAX.value()) {
      throw RpcError.limit(RpcLimit.RPC_FEE_HISTORY_PERCENTILES_MAX, "too many percentiles")
          .exception();
    }
    for (int i = 1; i < percentiles.size(); i++) {
      if (percentiles.get(i) <= percentiles.get(i - 1)) {
        throw RpcError.invalidParams("invalid reward percentile: they have to rise").exception();
      }
    }
  }

  private static void write(
      JsonOutput out,
      Chain chain,
      List<ChainBlock> range,
      List<BlockHeader> headers,
      List<Double> percentiles) {
    out.startObject()
        .quantity("oldestBlock", range.isEmpty() ? 0 : range.getFirst().number())
        .list("baseFeePerGas", headers, each -> out.text(Hex.quantity(each.baseFee())))
        .list("baseFeePerBlobGas", headers, each -> out.text(Hex.quantity(blobFee(chain, each))))
        .list(
            "gasUsedRatio",
            range,
            each -> out.fraction((double) each.header().gasUsed() / each.header().gasLimit()))
        .list("blobGasUsedRatio", range, each -> out.fraction(blobRatio(chain, each.header())));
    if (!percentiles.isEmpty()) {
      out.list(
          "reward",
          range,
          each -> out.list(rewards(each, percentiles), tip -> out.text(Hex.quantity(tip))));
    }
    out.endObject();
  }

  private static double blobRatio(Chain chain, BlockHeader header) {
    BlobSchedule blobs = chain.rules(header).blobs();
    return blobs.blobGasMax() == 0 ? 0 : (double) header.blobGasUsed() / blobs.blobGasMax();
  }

  /** The tips that so many percent of the block's gas were paid for at most. */
  private static List<U256> rewards(ChainBlock block, List<Double> percentiles) {
    record Paid(U256 tip, long gas) {}
    U256 baseFee = block.header().baseFee();
    List<Paid> paid =
        IntStream.range(0, block.transactions().size())
            .mapToObj(
                i ->
                    new Paid(
                        TransactionJson.gasPrice(block.transactions().get(i).content(), baseFee)
                            .minus(baseFee),
                        block.gasUsed(i)))
            .sorted(Comparator.comparing(Paid::tip))
            .toList();
    List<U256> rewards = new ArrayList<>();
    int at = 0;
    long sum = paid.isEmpty() ? 0 : paid.getFirst().gas();
    for (double percentile : percentiles) {
      double threshold = block.header().gasUsed() * percentile / PERCENT;
      while (at + 1 < paid.size() && sum < threshold) {
        sum += paid.get(++at).gas();
      }
      rewards.add(paid.isEmpty() ? U256.ZERO : paid.get(at).tip());
    }
    return rewards;
  }
}
