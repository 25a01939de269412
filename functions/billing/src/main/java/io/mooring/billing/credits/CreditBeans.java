package io.mooring.billing.credits;

import io.mooring.billing.PublishedPrices;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.identity.Plans;
import io.mooring.platform.limit.LimitSet;
import io.mooring.platform.table.Table;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Puts credits together from the platform's stores. */
final class CreditBeans {
  CreditBeans() {}

  @Produces
  @Singleton
  static Terms terms(Plans plans, PublishedPrices prices) {
    return (tenant, millis) -> plans.of(tenant).flatMap(plan -> prices.at(plan.word(), millis));
  }

  @Produces
  @Singleton
  static Desk desk(Table table, InstantSource clock, Terms terms) {
    return new Desk(table, clock, terms);
  }

  @Produces
  @Singleton
  static Caps caps(Table table, Desk desk, InstantSource clock) {
    return new Caps(table, desk, clock);
  }

  @Produces
  @Singleton
  static Escrows escrows(
      Table table, CommitStore store, Blobs blobs, Terms terms, Desk desk, Caps caps) {
    return new Escrows(table, new Commits(store, blobs), terms, desk, caps);
  }

  @Produces
  @Singleton
  static Gathering gathering(Committer committer, Credits credits, Escrows escrows) {
    return new Gathering(committer, credits, escrows);
  }

  @Produces
  @Singleton
  static LimitSet limits() {
    return new LimitSet(List.of(BillingLimit.values()));
  }

  @Produces
  @Singleton
  static Credits credits(Committer committer, Table table, Desk desk) {
    return new Credits(committer, table, desk);
  }
}
