package io.mooring.platform.commit;

import io.mooring.platform.TenantId;

/**
 * Where reads that have a price are counted. They are charged later, many at once; what is counted
 * and not charged yet is lost with its process, to the platform and never to the tenant.
 */
public interface ReadCounter {
  /**
   * One proof was given.
   *
   * @param reader the key or member that asked for it
   */
  void proof(TenantId tenant, String reader);
}
