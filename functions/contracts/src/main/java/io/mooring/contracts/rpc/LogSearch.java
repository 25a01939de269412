package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.FoundLog;
import io.mooring.contracts.chain.LogCursor;
import io.mooring.contracts.chain.LogFilter;
import io.mooring.contracts.chain.LogPage;
import java.util.ArrayList;
import java.util.List;

/**
 * All logs that a filter lets through, or a refusal that says in which range there are few enough.
 */
final class LogSearch {
  private LogSearch() {}

  static List<FoundLog> all(Chain chain, LogFilter filter) {
    int most = RpcLimit.RPC_LOGS_MAX.intValue();
    List<FoundLog> found = new ArrayList<>();
    LogCursor from = LogCursor.START;
    while (true) {
      LogPage page = chain.logs(filter, from, most + 1 - found.size());
      found.addAll(page.logs());
      if (found.size() > most) {
        throw tooMany(filter, found.get(most)).exception();
      }
      if (!page.more()) {
        return found;
      }
      from = page.next();
    }
  }

  private static RpcError tooMany(LogFilter filter, FoundLog beyond) {
    RpcError limit =
        RpcError.limit(
            RpcLimit.RPC_LOGS_MAX,
            "query returned more than " + RpcLimit.RPC_LOGS_MAX.value() + " results");
    if (beyond.blockNumber() == filter.fromBlock()) {
      return limit;
    }
    String from = Hex.quantity(filter.fromBlock());
    String to = Hex.quantity(beyond.blockNumber() - 1);
    ObjectNode range = JsonNodeFactory.instance.objectNode();
    range.put("from", from).put("to", to).put("limit", RpcLimit.RPC_LOGS_MAX.value());
    return new RpcError(
        limit.code(),
        limit.message() + ". Try with this block range [" + from + ", " + to + "].",
        range);
  }
}
