package io.mooring.billing.reconciliation;

import io.mooring.billing.credits.Credits;
import io.mooring.billing.proofs.Proofs;
import io.mooring.billing.statements.Tallies;
import io.mooring.billing.storage.Storage;
import io.mooring.platform.TenantId;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Charges what is due, tells what was charged, and reconciles, one tenant after another, again and
 * again, as long as this process lives.
 */
@Singleton
public final class Rounds {
  private static final System.Logger LOG = System.getLogger(Rounds.class.getName());

  private final Proofs proofs;
  private final Storage storage;
  private final Tallies tallies;
  private final Credits credits;
  private final Reconciler reconciler;
  private final Table table;
  private final Duration every;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("reconciliation").factory());

  Rounds(
      Credits credits,
      Proofs proofs,
      Storage storage,
      Tallies tallies,
      Reconciler reconciler,
      Table table,
      ReconciliationConfig config) {
    this.credits = credits;
    this.proofs = proofs;
    this.storage = storage;
    this.tallies = tallies;
    this.reconciler = reconciler;
    this.table = table;
    this.every = config.every();
  }

  void start(@Observes StartupEvent started) {
    if (every.isPositive()) {
      clock.scheduleWithFixedDelay(
          this::round, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  void stop(@Observes ShutdownEvent stopped) {
    clock.shutdownNow();
  }

  /** One round; a tenant that cannot be read now does not keep the others from it. */
  public void round() {
    try {
      proofs.charge();
      table.forEach(Prefix.of(TenantId.OPERATOR, "TENANTS"), this::reconcile);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a round of reconciliation broke off", e);
    }
  }

  private void reconcile(Item listed) {
    String[] sort = listed.key().sort().split("#");
    String id = sort[sort.length - 1];
    try {
      int swept;
      do {
        swept = credits.sweep(new TenantId(id));
      } while (swept > 0);
      storage.charge(new TenantId(id));
      tallies.tell(new TenantId(id), Tallies.Due.ENDED);
      Report report = reconciler.reconcile(new TenantId(id));
      if (!report.addsUp()) {
        LOG.log(System.Logger.Level.ERROR, "credits of {0} do not add up: {1}", id, report);
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "tenant " + id + " could not be reconciled", e);
    }
  }
}
