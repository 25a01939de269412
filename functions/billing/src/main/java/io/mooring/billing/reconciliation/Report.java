package io.mooring.billing.reconciliation;

import io.mooring.billing.Reconciliation.Mismatch;
import io.mooring.platform.TenantId;
import java.util.List;

/**
 * What a reconciliation of one tenant found.
 *
 * @param commit up to which commit of the journal it was replayed
 * @param postings how many postings that were
 */
public record Report(TenantId tenant, long commit, long postings, List<Mismatch> mismatches) {
  public Report {
    mismatches = List.copyOf(mismatches);
  }

  public boolean addsUp() {
    return mismatches.isEmpty();
  }
}
