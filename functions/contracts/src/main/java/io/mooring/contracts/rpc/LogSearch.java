package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.FoundLog;
import io.mooring.contracts.chain.LogCursor;
import io.mooring.contracts.chain.LogFilter;
import io.mooring.contracts.chain.LogPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * All logs that a filter lets through, or a refusal that says in which range there are few enough.
 */
final class LogSearch {
  private LogSearch() {}

  /** After so many blocks it looks at the clock. */
  private static final long WINDOW_BLOCKS = 1_024;

  static List<FoundLog> all(Chain chain, LogFilter filter, LongSupplier nanoTime) {
    int most = RpcLimit.RPC_LOGS_MAX.intValue();
    long deadline =
        nanoTime.getAsLong() + Duration.ofMillis(RpcLimit.RPC_LOGS_MILLIS_MAX.value()).toNanos();
    List<FoundLog> found = new ArrayList<>();
    for (long from = filter.fromBlock(); from <= filter.toBlock(); from += WINDOW_BLOCKS) {
      if (nanoTime.getAsLong() - deadline > 0) {
        throw tooWide(RpcLimit.RPC_LOGS_MILLIS_MAX, "query timed out", filter, from).exception();
      }
      long to = Math.min(filter.toBlock(), from + WINDOW_BLOCKS - 1);
      LogFilter window = new LogFilter(from, to, filter.addresses(), filter.topics());
      LogPage page = chain.logs(window, LogCursor.START, most + 1 - found.size());
      found.addAll(page.logs());
      if (found.size() > most) {
        String words = "query returned more than " + most + " results";
        throw tooWide(RpcLimit.RPC_LOGS_MAX, words, filter, found.get(most).blockNumber())
            .exception();
      }
    }
    return found;
  }

  /**
   * @param beyond the first block that should be left out
   */
  private static RpcError tooWide(RpcLimit which, String words, LogFilter filter, long beyond) {
    RpcError limit = RpcError.limit(which, words);
    if (beyond == filter.fromBlock()) {
      return limit;
    }
    String from = Hex.quantity(filter.fromBlock());
    String to = Hex.quantity(beyond - 1);
    ObjectNode range = JsonNodeFactory.instance.objectNode();
    range.put("from", from).put("to", to).put("limit", which.value());
    return new RpcError(
        limit.code(),
        limit.message() + ". Try with this block range [" + from + ", " + to + "].",
        range);
  }
}
