package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.Place;
import io.mooring.contracts.chain.PoolView;
import io.mooring.evm.Hash;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Blocks, their transactions and their receipts. */
final class BlockMethods {
  private BlockMethods() {}

  static List<RpcMethod> all() {
    return List.of(
        RpcMethod.read(
            "eth_blockNumber", 0, (a, s) -> Answer.quantity(s.chain().latest().number())),
        RpcMethod.read("eth_getBlockByNumber", 2, (a, s) -> block(a, s, BlockReference::numbered)),
        RpcMethod.read("eth_getBlockByHash", 2, (a, s) -> block(a, s, BlockMethods::byHash)),
        count("eth_getBlockTransactionCountByNumber", BlockReference::numbered, TRANSACTIONS),
        count("eth_getBlockTransactionCountByHash", BlockMethods::byHash, TRANSACTIONS),
        count("eth_getUncleCountByBlockNumber", BlockReference::numbered, OMMERS),
        count("eth_getUncleCountByBlockHash", BlockMethods::byHash, OMMERS),
        RpcMethod.read(
            "eth_getUncleByBlockNumberAndIndex",
            2,
            (a, s) -> ommer(a, s, BlockReference::numbered)),
        RpcMethod.read(
            "eth_getUncleByBlockHashAndIndex", 2, (a, s) -> ommer(a, s, BlockMethods::byHash)),
        RpcMethod.read("eth_getTransactionByHash", 1, BlockMethods::transaction),
        RpcMethod.read(
            "eth_getTransactionByBlockNumberAndIndex",
            2,
            (a, s) -> transactionAt(a, s, BlockReference::numbered)),
        RpcMethod.read(
            "eth_getTransactionByBlockHashAndIndex",
            2,
            (a, s) -> transactionAt(a, s, BlockMethods::byHash)),
        RpcMethod.read("eth_getTransactionReceipt", 1, BlockMethods::receipt),
        RpcMethod.read("eth_getBlockReceipts", 1, BlockMethods::receipts));
  }

  private static final ToIntFunction<ChainBlock> TRANSACTIONS =
      block -> block.transactions().size();
  private static final ToIntFunction<ChainBlock> OMMERS = block -> block.block().ommers().size();

  private static BlockReference byHash(JsonNode node) {
    return new BlockReference.ByHash(Values.hash(node));
  }

  private static Answer block(
      Arguments arguments, RpcSession session, Function<JsonNode, BlockReference> read) {
    Optional<ChainBlock> found = session.blocks().find(arguments.required(0, read));
    boolean whole = arguments.optional(1, Values::flag).orElse(false);
    return answer(found, block -> out -> BlockJson.write(out, block, whole));
  }

  private static RpcMethod count(
      String name, Function<JsonNode, BlockReference> read, ToIntFunction<ChainBlock> count) {
    return RpcMethod.read(
        name,
        1,
        (a, s) ->
            answer(
                s.blocks().find(a.required(0, read)),
                block -> Answer.quantity(count.applyAsInt(block))));
  }

  private static Answer ommer(
      Arguments arguments, RpcSession session, Function<JsonNode, BlockReference> read) {
    Optional<ChainBlock> found = session.blocks().find(arguments.required(0, read));
    long index = arguments.required(1, Values::number);
    return answer(
        found.filter(block -> isIndex(index, OMMERS.applyAsInt(block))),
        block -> {
          var ommer = block.block().ommers().get((int) index);
          return out -> {
            out.startObject();
            BlockJson.writeHeader(out, ommer, ommer.hash());
            out.name("uncles").startArray().endArray().endObject();
          };
        });
  }

  private static boolean isIndex(long index, int size) {
    return Long.compareUnsigned(index, size) < 0;
  }

  private static Answer transaction(Arguments arguments, RpcSession session) {
    Hash hash = arguments.required(0, Values::hash);
    Optional<PoolView.Waiting> waiting = session.chain().pool().find(hash);
    Optional<Place> place = session.chain().place(hash);
    if (place.isEmpty()) {
      return answer(waiting, found -> out -> TransactionJson.waiting(out, found));
    }
    ChainBlock block = at(session, place.get());
    return out -> TransactionJson.mined(out, block, place.get().index());
  }

  static ChainBlock at(RpcSession session, Place place) {
    return session
        .chain()
        .block(place.block())
        .orElseThrow(
            () -> new IllegalStateException("the index names a block that is not there: " + place));
  }

  private static Answer transactionAt(
      Arguments arguments, RpcSession session, Function<JsonNode, BlockReference> read) {
    Optional<ChainBlock> found = session.blocks().find(arguments.required(0, read));
    long index = arguments.required(1, Values::number);
    return answer(
        found.filter(block -> isIndex(index, block.transactions().size())),
        block -> out -> TransactionJson.mined(out, block, (int) index));
  }

  private static Answer receipt(Arguments arguments, RpcSession session) {
    return answer(
        session.chain().place(arguments.required(0, Values::hash)),
        place -> {
          ChainBlock block = at(session, place);
          return out -> ReceiptJson.write(out, session.chain(), block, place.index());
        });
  }

  private static Answer receipts(Arguments arguments, RpcSession session) {
    return answer(
        session.blocks().find(arguments.required(0, BlockReference::of)),
        block ->
            out -> {
              out.startArray();
              for (int i = 0; i < block.transactions().size(); i++) {
                ReceiptJson.write(out, session.chain(), block, i);
              }
              out.endArray();
            });
  }

  private static <T> Answer answer(Optional<T> found, Function<T, Answer> answer) {
    return found.map(answer).orElse(Answer.NOTHING);
  }
}
