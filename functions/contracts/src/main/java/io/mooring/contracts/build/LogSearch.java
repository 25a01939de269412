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

  LogPage run(LongFunction<Optional<ChainBlock>> blocks, long latest) {
    long last = Math.min(filter.toBlock(), latest);
    for (long number = Math.max(filter.fromBlock(), from.block()); number <= last; number++) {
      Optional<ChainBlock> block =
          blocks.apply(number).filter(one -> filter.mayLet(one.header().bloom()));
      if (block.isPresent()) {
        int next = search(block.get());
        if (next >= 0) {
          return new LogPage(found, true, new LogCursor(number, next));
        }
      }
    }
    return new LogPage(found, false, new LogCursor(last + 1, 0));
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
