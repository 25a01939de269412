package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.LogFilter;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which logs a parameter asks for, with the blocks still as they were named.
 *
 * @param from the latest block where none is named, as {@code to} is
 */
record LogFilterJson(
    BlockReference from,
    BlockReference to,
    boolean ofOneBlock,
    Set<Address> addresses,
    List<Set<Hash>> topics) {
  static final int TOPICS_MAX = 4;

  static LogFilterJson read(JsonNode json) {
    Values.object(json);
    Optional<Hash> hash = Values.member(json, "blockHash", Values::hash);
    Optional<BlockReference> from = Values.member(json, "fromBlock", BlockReference::numbered);
    Optional<BlockReference> to = Values.member(json, "toBlock", BlockReference::numbered);
    if (hash.isPresent() && (from.isPresent() || to.isPresent())) {
      throw new InvalidValue(
          "cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other");
    }
    Optional<BlockReference> only = hash.map(BlockReference.ByHash::new);
    Set<Address> addresses =
        Values.member(json, "address", node -> oneOrMore(node, Values::address)).orElse(Set.of());
    List<Set<Hash>> topics =
        Values.member(json, "topics", node -> Values.list(node, LogFilterJson::topic))
            .orElse(List.of());
    if (topics.size() > TOPICS_MAX) {
      throw new InvalidValue("more than four topics");
    }
    check(addresses.size(), RpcLimit.RPC_LOG_ADDRESSES_MAX);
    topics.forEach(any -> check(any.size(), RpcLimit.RPC_LOG_TOPICS_MAX));
    return new LogFilterJson(
        only.or(() -> from).orElse(BlockReference.LATEST),
        only.or(() -> to).orElse(BlockReference.LATEST),
        only.isPresent(),
        addresses,
        topics);
  }

  private static void check(int size, RpcLimit most) {
    if (size > most.value()) {
      throw RpcError.limit(most, "the filter names too many").exception();
    }
  }

  private static Set<Hash> topic(JsonNode node) {
    return node.isNull() ? Set.of() : oneOrMore(node, Values::hash);
  }

  private static <T> Set<T> oneOrMore(JsonNode node, Function<JsonNode, T> read) {
    return node.isArray() ? new HashSet<>(Values.list(node, read)) : Set.of(read.apply(node));
  }

  /** The filter on a chain as it stands now. */
  LogFilter on(RpcSession session) {
    if (ofOneBlock) {
      ChainBlock block =
          session
              .blocks()
              .find(from)
              .orElseThrow(() -> RpcError.server("unknown block").exception());
      return new LogFilter(block.number(), block.number(), addresses, topics);
    }
    long latest = session.chain().latest().number();
    long first = number(from, latest);
    long last = number(to, latest);
    if (first > last) {
      throw RpcError.invalidParams("invalid block range params").exception();
    }
    if (last > latest) {
      throw RpcError.invalidParams("block range extends beyond current head block").exception();
    }
    return new LogFilter(first, last, addresses, topics);
  }

  private static long number(BlockReference reference, long latest) {
    return switch (reference) {
      case BlockReference.Number(long number) -> number;
      case BlockReference.ByHash hash -> throw new IllegalStateException("a range has no hash");
      case BlockReference.Tag(BlockReference.Name name) ->
          name == BlockReference.Name.EARLIEST ? 0 : latest;
    };
  }
}
