package io.mooring.platform.identity;

import io.mooring.platform.TenantId;
import java.util.Optional;

/** Which plan each tenant has subscribed to. */
public interface Plans {
  /** The plan of a tenant, if there is such a tenant; a change may be seen some seconds later. */
  Optional<Plan> of(TenantId tenant);
}
