package io.mooring.contracts;

import io.mooring.contracts.build.Works;
import io.mooring.contracts.state.NodeCache;
import io.mooring.contracts.state.PageFiles;
import io.mooring.evm.interpreter.Interpreter;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.platform.Ids;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.limit.LimitSet;
import io.mooring.platform.secret.Secrets;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Table;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/** Puts the capability together from the platform's stores. */
final class ContractBeans {
  ContractBeans() {}

  @Produces
  @Singleton
  static ChainLedgers ledgers(
      Table table, RandomGenerator random, ContractsConfig config, Instance<ChainRegister> chains) {
    ChainLedgers.Derived derived =
        new ChainLedgers.Derived() {
          @Override
          public long rebuild(Ledger ledger) {
            return chains.get().rebuild(ledger);
          }

          @Override
          public void cutOff(Ledger ledger, long blocks) {
            chains.get().cutOff(ledger, blocks);
          }
        };
    return new ChainLedgers(table, random, config.url(), derived);
  }

  @Produces
  @Singleton
  static ChainRegister chains(
      Committer committer,
      CommitStore store,
      Blobs blobs,
      Table table,
      DerivedItems items,
      InstantSource clock,
      ChainLedgers ledgers,
      LedgerRegister register,
      ContractsConfig config,
      Ids ids) {
    return new ChainRegister(
        new Works(
            committer,
            store,
            blobs,
            table,
            items,
            new NodeCache(
                config.cacheBytes(),
                new PageFiles(
                    Path.of(System.getProperty("java.io.tmpdir")), config.pageFileBytes())),
            new Interpreter(),
            clock,
            Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("chain-worker-", 0).factory()),
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("chain-", 0).factory())),
        ledgers,
        register,
        ids);
  }

  static void close(@Disposes ChainRegister chains) {
    chains.close();
  }

  @Produces
  @Singleton
  static SealedKeys keys(
      Table table, Secrets secrets, RandomGenerator random, InstantSource clock) {
    return new SealedKeys(
        table,
        secrets.secret("held-keys"),
        random,
        clock,
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("held-key-", 0).factory()));
  }

  @Produces
  @Singleton
  static LimitSet limits() {
    return new LimitSet(List.of(ContractLimit.values()));
  }
}
