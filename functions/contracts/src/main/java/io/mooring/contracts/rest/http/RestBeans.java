package io.mooring.contracts.rest.http;

import io.mooring.contracts.SealedKeys;
import io.mooring.contracts.rest.Calls;
import io.mooring.contracts.rest.Descriptions;
import io.mooring.contracts.rest.KnownContracts;
import io.mooring.contracts.rest.LogPages;
import io.mooring.contracts.rest.RestLimit;
import io.mooring.contracts.rest.Senders;
import io.mooring.contracts.rest.Sends;
import io.mooring.contracts.rest.TransactionViews;
import io.mooring.contracts.rpc.Turns;
import io.mooring.evm.interpreter.Interpreter;
import io.mooring.ledgers.Reading;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.limit.LimitSet;
import io.mooring.platform.table.Table;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Puts the REST face together. */
final class RestBeans {
  @Produces
  @Singleton
  static KnownContracts contracts(Table table) {
    return new KnownContracts(table);
  }

  @Produces
  @Singleton
  static Calls calls(Turns turns) {
    return new Calls(new Interpreter(), turns);
  }

  @Produces
  @Singleton
  static TransactionViews views(Calls calls, Reading reading, KnownContracts contracts) {
    return new TransactionViews(calls, reading, contracts);
  }

  @Produces
  @Singleton
  static Descriptions descriptions(
      KnownContracts contracts, Committer committer, InstantSource clock) {
    return new Descriptions(contracts, committer, clock);
  }

  @Produces
  @Singleton
  static LogPages logs() {
    return new LogPages(System::nanoTime);
  }

  @Produces
  @Singleton
  static Sends sends(SealedKeys keys, Calls calls, Committer committer) {
    return new Sends(keys, calls, committer);
  }

  @Produces
  @Singleton
  static Senders senders(SealedKeys keys, Committer committer) {
    return new Senders(keys, committer);
  }

  @Produces
  @Singleton
  static LimitSet limits() {
    return new LimitSet(List.of(RestLimit.values()));
  }
}
