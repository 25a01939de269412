package io.mooring.billing.proofs;

import io.mooring.billing.credits.Terms;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.table.Table;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Puts the counting of proofs together from the platform's stores. */
final class ProofBeans {
  ProofBeans() {}

  @Produces
  @Singleton
  static Proofs proofs(Table table, Committer committer, Terms terms, InstantSource clock) {
    return new Proofs(table, committer, terms, clock);
  }

  /** Whoever stops in an orderly way loses nothing that was counted. */
  void stop(@Observes ShutdownEvent stopped, Proofs proofs) {
    proofs.charge();
  }
}
