package io.mooring.contracts.chain;

import java.util.List;

/**
 * Some logs in their order.
 *
 * @param more whether the search ended early, at {@code next}
 */
public record LogPage(List<FoundLog> logs, boolean more, LogCursor next) {
  public LogPage {
    logs = List.copyOf(logs);
  }
}
