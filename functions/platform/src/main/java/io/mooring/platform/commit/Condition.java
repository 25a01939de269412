package io.mooring.platform.commit;

import io.mooring.platform.table.Item;

/** What must be true of an item for a commit to be won. */
public sealed interface Condition {
  boolean holds(Item now);

  record Absent() implements Condition {
    @Override
    public boolean holds(Item now) {
      return !now.exists();
    }
  }

  record Present() implements Condition {
    @Override
    public boolean holds(Item now) {
      return now.exists();
    }
  }

  /** The item is as it was read; for an item that was absent, it still is. */
  record AtVersion(long version) implements Condition {
    @Override
    public boolean holds(Item now) {
      return now.version() == version;
    }
  }
}
