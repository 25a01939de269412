package io.mooring.platform.limit;

import io.mooring.platform.identity.Plan;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Hands the platform's limits, and the rates of the plans, to whoever publishes limits. */
final class PlatformLimits {
  @Produces
  @Singleton
  static LimitSet of() {
    var limits = new ArrayList<Limit>(List.of(PlatformLimit.values()));
    for (Plan plan : Plan.values()) {
      limits.add(of(plan, "RequestsPerSecond", plan.requestsPerSecond()));
      limits.add(of(plan, "BurstRequests", plan.burstRequests()));
    }
    return new LimitSet(limits);
  }

  private static Limit of(Plan plan, String what, long value) {
    Bound bound = new Bound(plan.word() + what, value);
    return () -> bound;
  }
}
