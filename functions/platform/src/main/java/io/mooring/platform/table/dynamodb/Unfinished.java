package io.mooring.platform.table.dynamodb;

import java.util.List;

/** What is left of a batch that DynamoDB may carry out in parts. */
final class Unfinished<T> {
  private List<T> rest;

  Unfinished(List<T> all) {
    this.rest = all;
  }

  List<T> rest() {
    return rest;
  }

  /** Remembers what was left over, and says so by failing if that is anything. */
  Unfinished<T> keep(List<T> leftOver) {
    rest = leftOver;
    if (!leftOver.isEmpty()) {
      throw new LeftOver(leftOver.size());
    }
    return this;
  }

  /** A part of the batch was not carried out. */
  static final class LeftOver extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeftOver(int items) {
      super(items + " items of the batch were not processed", null, false, false);
    }
  }
}
