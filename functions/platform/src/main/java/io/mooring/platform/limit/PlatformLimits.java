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
      limits.add(new PlanLimit(plan.word() + "RequestsPerSecond", plan.requestsPerSecond()));
      limits.add(new PlanLimit(plan.word() + "BurstRequests", plan.burstRequests()));
    }
    return new LimitSet(limits);
  }

  private record PlanLimit(String word, long value) implements Limit {}
}
