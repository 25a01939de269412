package io.mooring.billing.statements;

import io.mooring.billing.PriceBook;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Derivation;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Table;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Puts statements together from the platform's stores. */
final class StatementBeans {
  StatementBeans() {}

  @Produces
  @Singleton
  static Statements statements(
      CommitStore store,
      Blobs blobs,
      Table table,
      DerivedItems items,
      PriceBook prices,
      InstantSource clock) {
    return new Statements(store, blobs, table, items, prices, clock);
  }

  @Produces
  @Singleton
  static Tallies tallies(
      CommitStore store, Blobs blobs, Table table, Committer committer, InstantSource clock) {
    return new Tallies(store, blobs, table, committer, clock);
  }

  @Produces
  @Singleton
  static Derivation derivation(Statements statements) {
    return new StatementDerivation(statements);
  }
}
