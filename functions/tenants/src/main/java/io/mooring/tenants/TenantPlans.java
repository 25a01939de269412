package io.mooring.tenants;

import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Plan;
import io.mooring.platform.identity.Plans;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Table;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The plans of tenants as their items say, remembered for a few seconds. */
@Singleton
public final class TenantPlans implements Plans {
  static final int REMEMBERED_MAX = 10_000;

  private static final Duration REMEMBERED =
      Duration.ofSeconds(TenantsLimit.REVOCATION_SECONDS_MAX.value());

  private final Table table;
  private final InstantSource clock;
  private final ConcurrentMap<TenantId, Known> recent = new ConcurrentHashMap<>();

  public TenantPlans(Table table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
  }

  private record Known(Plan plan, Instant until) {}

  @Override
  public Optional<Plan> of(TenantId tenant) {
    Instant now = clock.instant();
    Known known = recent.get(tenant);
    if (known != null && now.isBefore(known.until)) {
      return Optional.of(known.plan);
    }
    Item item = table.get(Tenant.key(tenant));
    if (!item.exists()) {
      return Optional.empty();
    }
    if (recent.size() >= REMEMBERED_MAX) {
      recent.clear();
    }
    Plan plan = Tenant.of(item).plan();
    recent.put(tenant, new Known(plan, now.plus(REMEMBERED)));
    return Optional.of(plan);
  }
}
