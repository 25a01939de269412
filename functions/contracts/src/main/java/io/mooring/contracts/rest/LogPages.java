package io.mooring.contracts.rest;

import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.FoundLog;
import io.mooring.contracts.chain.LogCursor;
import io.mooring.contracts.chain.LogFilter;
import io.mooring.contracts.chain.LogPage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Searches a chain's logs for one page, for as long as a page may take: what was not searched yet
 * is the next page's.
 */
public final class LogPages {
  /** After how many blocks the clock is looked at. */
  private static final long STEP_BLOCKS = 1_000;

  private final LongSupplier nanoTime;

  public LogPages(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The logs from a cursor on; where there may be more, {@code next} goes on. */
  public LogPage page(Chain chain, LogFilter filter, LogCursor cursor, int limit) {
    long deadline = nanoTime.getAsLong() + RestLimit.LOG_SEARCH_MILLIS_MAX.value() * 1_000_000;
    long last = Math.min(filter.toBlock(), chain.latest().number());
    List<FoundLog> found = new ArrayList<>();
    LogCursor from = new LogCursor(Math.max(cursor.block(), filter.fromBlock()), cursor.log());
    while (from.block() <= last) {
      long end = Math.min(last, from.block() + STEP_BLOCKS - 1);
      LogFilter step = new LogFilter(from.block(), end, filter.addresses(), filter.topics());
      LogPage page = chain.logs(step, from, limit - found.size());
      found.addAll(page.logs());
      if (page.more()) {
        return new LogPage(found, true, page.next());
      }
      from = new LogCursor(end + 1, 0);
      boolean over = nanoTime.getAsLong() - deadline > 0 || found.size() == limit;
      if (over && from.block() <= last) {
        return new LogPage(found, true, from);
      }
    }
    return new LogPage(found, false, from);
  }
}
