package io.mooring.billing.storage;

import io.mooring.billing.statements.Statements;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.table.Table;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the charge for storage together from the platform's stores. */
final class StorageBeans {
  StorageBeans() {}

  @Produces
  @Singleton
  static Storage storage(Statements statements, Table table, Committer committer) {
    return new Storage(statements, table, committer);
  }
}
