package io.mooring.ledgers.derived;

import java.util.List;

/** Finds commits in a list that is in order of number, start and time at once. */
final class Links {
  private Links() {}

  /** The last link that starts at or before {@code index}; commits without entries never do. */
  static Link ofIndex(List<Link> links, long index) {
    int low = 0;
    int high = links.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (links.get(middle).start() <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return links.get(low);
  }
}
