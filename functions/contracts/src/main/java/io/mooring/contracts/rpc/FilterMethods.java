package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.FoundLog;
import io.mooring.contracts.chain.LogFilter;
import io.mooring.contracts.rpc.FilterId.Kind;
import io.mooring.evm.Hash;
import io.mooring.platform.LedgerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Searches of logs, and filters that tell what is new since they were asked last.
 *
 * <p>What a filter asks for is in its id; only how far it was told is remembered here, for the
 * filters that were asked last. Where that is forgotten, in another process or after a restart, a
 * filter tells again from its beginning: twice, but never not at all.
 */
final class FilterMethods {
  private static final long UNINSTALLED = -1;

  private final LongSupplier salts;
  private final LongSupplier nanoTime;
  private final Map<Asked, Long> positions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Long> eldest) {
          return size() > RpcLimit.RPC_FILTERS_REMEMBERED_MAX.value();
        }
      };

  /** A filter on one chain. */
  private record Asked(LedgerId chain, String filter) {
    static Asked of(RpcSession session, String filter) {
      return new Asked(session.chain().facts().ledger(), filter);
    }
  }

  private FilterMethods(LongSupplier salts, LongSupplier nanoTime) {
    this.salts = salts;
    this.nanoTime = nanoTime;
  }

  /**
   * @param salts numbers that do not come twice
   */
  static List<RpcMethod> all(LongSupplier salts, LongSupplier nanoTime) {
    FilterMethods methods = new FilterMethods(salts, nanoTime);
    return List.of(
        RpcMethod.compute("eth_getLogs", 1, methods::logs),
        RpcMethod.read("eth_newFilter", 1, methods::newFilter),
        RpcMethod.read("eth_newBlockFilter", 0, (a, s) -> methods.newFilter(s, Kind.BLOCKS)),
        RpcMethod.read(
            "eth_newPendingTransactionFilter",
            1,
            (a, s) -> methods.newFilter(s, Kind.TRANSACTIONS)),
        RpcMethod.compute("eth_getFilterChanges", 1, methods::changes),
        RpcMethod.compute("eth_getFilterLogs", 1, methods::filterLogs),
        RpcMethod.read("eth_uninstallFilter", 1, methods::uninstall));
  }

  private Answer logs(Arguments arguments, RpcSession session) {
    LogFilter filter = arguments.required(0, LogFilterJson::read).on(session);
    return answer(LogSearch.all(session.chain(), filter, nanoTime));
  }

  private static Answer answer(List<FoundLog> logs) {
    return out -> out.list(logs, log -> LogJson.write(out, log));
  }

  private Answer newFilter(RpcSession session, Kind kind) {
    long next = session.chain().latest().number() + 1;
    return Answer.text(FilterId.of(kind, next, salts.getAsLong()).text());
  }

  private Answer newFilter(Arguments arguments, RpcSession session) {
    LogFilterJson wanted = arguments.required(0, LogFilterJson::read);
    if (wanted.ofOneBlock()) {
      throw RpcError.invalidParams("a filter of one block has no changes: use eth_getLogs")
          .exception();
    }
    long next = session.chain().latest().number() + 1;
    long first = wanted.from() instanceof BlockReference.Number(long n) ? n : from(wanted, next);
    long last = wanted.to() instanceof BlockReference.Number(long n) ? n : Long.MAX_VALUE;
    if (first > last) {
      throw RpcError.invalidParams("invalid block range params").exception();
    }
    return Answer.text(
        new FilterId(Kind.LOGS, first, last, salts.getAsLong(), wanted.addresses(), wanted.topics())
            .text());
  }

  private static long from(LogFilterJson wanted, long next) {
    boolean earliest =
        wanted.from() instanceof BlockReference.Tag(var name)
            && name == BlockReference.Name.EARLIEST;
    return earliest ? 0 : next;
  }

  /** What came since it was asked last, or since it was made. */
  private Answer changes(Arguments arguments, RpcSession session) {
    String text = arguments.required(0, Values::text);
    Asked asked = Asked.of(session, text);
    FilterId filter = known(asked);
    long from = from(asked, filter);
    long latest = session.chain().latest().number();
    long to = Math.min(latest, filter.last());
    Answer answer = from > to ? Answer.tree(empty()) : changes(filter, session, from, to);
    told(asked, latest + 1);
    return answer;
  }

  private static JsonNode empty() {
    return JsonNodeFactory.instance.arrayNode();
  }

  private Answer changes(FilterId filter, RpcSession session, long from, long to) {
    return switch (filter.kind()) {
      case LOGS -> answer(LogSearch.all(session.chain(), filter.logs(from, to), nanoTime));
      case BLOCKS -> hashes(blocks(session, from, to).stream().map(ChainBlock::hash).toList());
      // A transaction waits for less than a block here, so it is told when it stands in one.
      case TRANSACTIONS ->
          hashes(
              blocks(session, from, to).stream()
                  .flatMap(block -> block.transactionHashes().stream())
                  .toList());
    };
  }

  private static List<ChainBlock> blocks(RpcSession session, long from, long to) {
    long most = RpcLimit.RPC_LOGS_MAX.value();
    if (to - from >= most) {
      throw RpcError.limit(RpcLimit.RPC_LOGS_MAX, "the filter was not asked for too long")
          .exception();
    }
    List<ChainBlock> blocks = new ArrayList<>();
    for (long number = from; number <= to; number++) {
      blocks.add(session.blocks().get(new BlockReference.Number(number)));
    }
    return blocks;
  }

  private static Answer hashes(List<Hash> hashes) {
    return out -> out.list(hashes, hash -> out.text(hash.toString()));
  }

  private Answer filterLogs(Arguments arguments, RpcSession session) {
    FilterId filter = known(Asked.of(session, arguments.required(0, Values::text)));
    if (filter.kind() != Kind.LOGS) {
      throw notFound();
    }
    long to = Math.min(session.chain().latest().number(), filter.last());
    return filter.first() > to
        ? Answer.tree(empty())
        : answer(LogSearch.all(session.chain(), filter.logs(filter.first(), to), nanoTime));
  }

  private Answer uninstall(Arguments arguments, RpcSession session) {
    String text = arguments.required(0, Values::text);
    Asked asked = Asked.of(session, text);
    Optional<FilterId> filter = FilterId.parse(text);
    boolean installed = filter.isPresent() && from(asked, filter.get()) != UNINSTALLED;
    if (installed) {
      told(asked, UNINSTALLED);
    }
    return Answer.flag(installed);
  }

  private FilterId known(Asked asked) {
    FilterId filter = FilterId.parse(asked.filter).orElseThrow(FilterMethods::notFound);
    if (from(asked, filter) == UNINSTALLED) {
      throw notFound();
    }
    return filter;
  }

  private static RpcException notFound() {
    return RpcError.server("filter not found").exception();
  }

  private synchronized long from(Asked asked, FilterId filter) {
    return positions.getOrDefault(asked, filter.first());
  }

  private synchronized void told(Asked asked, long next) {
    positions.put(asked, next);
  }
}
