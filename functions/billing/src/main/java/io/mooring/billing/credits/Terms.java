package io.mooring.billing.credits;

import io.mooring.billing.PriceSheet;
import io.mooring.platform.TenantId;
import java.util.Optional;

/** Which price sheet is in force for whom. */
public interface Terms {
  /** The sheet of a tenant's plan at a moment, if there is such a tenant. */
  Optional<PriceSheet> of(TenantId tenant, long millis);
}
