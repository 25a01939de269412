package io.mooring.contracts.build;

import io.mooring.contracts.state.NodeCache;
import io.mooring.evm.Evm;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Table;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What chains are made with.
 *
 * @param workers for what needs a core: as many threads as there are cores
 * @param threads for what mostly waits; never refuses a task, nor runs it on the caller's thread
 */
public record Works(
    Committer committer,
    CommitStore store,
    Blobs blobs,
    Table table,
    DerivedItems items,
    NodeCache cache,
    Evm evm,
    InstantSource clock,
    Executor workers,
    Executor threads) {
  Commits commits() {
    return new Commits(store, blobs);
  }
}
