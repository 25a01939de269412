package io.mooring.platform.commit;

class InMemoryStoreTest extends CommitStoreContract {
  @Override
  protected Fresh fresh() {
    InMemoryStore store = new InMemoryStore();
    return new Fresh(store, store);
  }
}
