package io.mooring.ledgers;

import io.mooring.ledgers.derived.LedgerLogs;
import io.mooring.ledgers.derived.LogDerivation;
import io.mooring.ledgers.derived.Rebuilder;
import io.mooring.ledgers.derived.Scrubber;
import io.mooring.platform.Ids;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Derivation;
import io.mooring.platform.commit.KeyRebuild;
import io.mooring.platform.commit.Mending;
import io.mooring.platform.commit.Repair;
import io.mooring.platform.commit.Sweeper;
import io.mooring.platform.limit.LimitSet;
import io.mooring.platform.secret.Secrets;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Table;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Puts the capability together from the platform's stores. */
final class LedgerBeans {
  LedgerBeans() {}

  @Produces
  @Singleton
  static LedgerKeys keys(Secrets secrets) {
    return new DerivedLedgerKeys(secrets.secret("ledger-keys"));
  }

  @Produces
  @Singleton
  static LedgerRegister register(
      Committer committer,
      Table table,
      LedgerKeys keys,
      LedgersConfig config,
      InstantSource clock,
      Ids ids,
      @All List<LedgerKind> kinds) {
    return new LedgerRegister(committer, table, keys, config.origin(), clock, ids, kinds);
  }

  @Produces
  @Singleton
  static LedgerLogs logs(CommitStore store, Blobs blobs) {
    return new LedgerLogs(new Commits(store, blobs), blobs);
  }

  @Produces
  @Singleton
  static Derivation derivation(LedgerLogs logs) {
    return new LogDerivation(logs);
  }

  @Produces
  @Singleton
  static Reading reading(CommitStore store, Blobs blobs, LedgerLogs logs, LedgerKeys keys) {
    return new Reading(new Commits(store, blobs), logs, keys);
  }

  @Produces
  @Singleton
  static Scrubber scrubber(
      CommitStore store, Blobs blobs, Table table, LedgerLogs logs, InstantSource clock) {
    return new Scrubber(store, blobs, table, logs, clock);
  }

  @Produces
  @Singleton
  static Rebuilder rebuilder(
      CommitStore store, Blobs blobs, DerivedItems items, LedgerLogs logs, InstantSource clock) {
    KeyRebuild keys = new KeyRebuild(items, clock);
    return new Rebuilder(new Commits(store, blobs), blobs, keys, logs, clock);
  }

  @Produces
  @Singleton
  static Repair repair(
      CommitStore store,
      Mending mending,
      Table table,
      DerivedItems items,
      Blobs blobs,
      InstantSource clock) {
    return new Repair(store, mending, table, items, blobs, clock);
  }

  @Produces
  @Singleton
  static Uploads uploads(Blobs blobs, Addresses addresses) {
    return new Uploads(blobs, addresses);
  }

  @Produces
  @Singleton
  static Appends appends(
      Committer committer,
      LedgerRegister register,
      Uploads uploads,
      Reading reading,
      Contents contents) {
    return new Appends(committer, register, uploads, reading, contents);
  }

  @Produces
  @Singleton
  static Contents contents(CommitStore store, Blobs blobs, Table table) {
    return new Contents(new Commits(store, blobs), blobs, table);
  }

  @Produces
  @Singleton
  static Erasures erasures(
      Committer committer,
      LedgerRegister register,
      Reading reading,
      Contents contents,
      Blobs blobs,
      InstantSource clock) {
    return new Erasures(committer, register, reading, contents, blobs, clock);
  }

  @Produces
  @Singleton
  static Sweeper sweeper(CommitStore store, Blobs blobs, InstantSource clock) {
    return new Sweeper(store, blobs, clock);
  }

  @Produces
  @Singleton
  static LimitSet limits() {
    return new LimitSet(List.of(LedgerLimit.values()));
  }
}
