package io.mooring.contracts.build;

import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.FoundLog;
import io.mooring.contracts.chain.LogCursor;
import io.mooring.contracts.chain.LogFilter;
import io.mooring.contracts.chain.LogPage;
import io.mooring.evm.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** One search for logs. */
final class LogSearch {
  private final LogFilter filter;
  private final LogCursor from;
  private final int limit;
  private final List<FoundLog> found = new ArrayList<>();

  LogSearch(LogFilter filter, LogCursor from, int limit) {
    this.filter = filter;
    this.from = from;
    this.limit = limit;
  }

  /**
   * @param next the next block, from one on and up to another, that may have such logs
   */
  LogPage run(LongFunction<Optional<ChainBlock>> blocks, Next next, long latest) {
    long last = Math.min(filter.toBlock(), latest);
    long first = Math.max(filter.fromBlock(), from.block());
    for (OptionalLong number = next.from(filter, first, last);
        number.isPresent();
        number = next.from(filter, number.getAsLong() + 1, last)) {
      Optional<ChainBlock> block =
          blocks.apply(number.getAsLong()).filter(one -> filter.mayLet(one.header().bloom()));
      if (block.isPresent()) {
        int rest = search(block.get());
        if (rest >= 0) {
          return new LogPage(found, true, new LogCursor(number.getAsLong(), rest));
        }
      }
    }
    return new LogPage(found, false, new LogCursor(last + 1, 0));
  }

  /** Leaves out blocks that have no such logs, as far as it knows. */
  @FunctionalInterface
  interface Next {
    OptionalLong from(LogFilter filter, long from, long to);
  }

  /** The index of the first log that has no room on the page, or -1. */
  private int search(ChainBlock block) {
    int first = from.block() == block.number() ? from.log() : 0;
    int index = 0;
    for (int i = 0; i < block.receipts().size(); i++) {
      for (Log log : block.receipts().get(i).logs()) {
        if (index >= first && filter.lets(log)) {
          if (found.size() == limit) {
            return index;
          }
          found.add(
              new FoundLog(
                  log,
                  block.number(),
                  block.hash(),
                  block.header().timestamp(),
                  block.transactionHashes().get(i),
                  i,
                  index));
        }
        index++;
      }
    }
    return -1;
  }
}
