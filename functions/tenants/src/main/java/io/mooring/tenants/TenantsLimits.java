package io.mooring.tenants;

import io.mooring.platform.limit.LimitSet;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Hands the limits of tenants and identity to whoever publishes limits. */
final class TenantsLimits {
  @Produces
  @Singleton
  static LimitSet of() {
    return new LimitSet(List.of(TenantsLimit.values()));
  }
}
