package io.mooring.billing;

import java.util.List;

/**
 * What one write was charged, as the commit of its ledger says.
 *
 * @param key the credential that submitted it
 * @param firstEntry the index of its first entry; the last one is before {@code endEntry}
 */
public record Charged(String key, long firstEntry, long endEntry, List<Charge> charges) {
  public Charged {
    if (firstEntry < 0 || endEntry < firstEntry) {
      throw new IllegalArgumentException("no write has entries " + firstEntry + " to " + endEntry);
    }
    charges = List.copyOf(charges);
  }
}
