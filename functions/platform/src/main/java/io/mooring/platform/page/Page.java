package io.mooring.platform.page;

import java.util.List;

/**
 * One page of a list.
 *
 * @param last the position of its last item where more follow; empty where none do
 */
public record Page<T>(List<T> items, String last) {
  public Page {
    items = List.copyOf(items);
  }
}
