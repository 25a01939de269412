package io.mooring.billing.reconciliation;

import io.mooring.billing.credits.Credits;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.table.Table;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts reconciliation together from the platform's stores. */
final class ReconciliationBeans {
  ReconciliationBeans() {}

  @Produces
  @Singleton
  static Reconciler reconciler(
      CommitStore store, Blobs blobs, Table table, Committer committer, Credits credits) {
    return new Reconciler(store, blobs, table, committer, credits);
  }
}
