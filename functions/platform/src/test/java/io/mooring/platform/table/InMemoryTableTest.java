package io.mooring.platform.table;

import io.mooring.platform.commit.InMemoryStore;

class InMemoryTableTest extends TableContract {
  @Override
  protected Fresh fresh() {
    InMemoryStore store = new InMemoryStore();
    return new Fresh(store, store);
  }
}
