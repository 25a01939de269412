package io.mooring.contracts.chain;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.block.Bloom;
import java.util.List;
import java.util.Set;

/**
 * Which logs somebody wants.
 *
 * @param addresses any of them; empty for whatever address
 * @param topics for each place any of a set; an empty set for whatever stands there
 */
public record LogFilter(
    long fromBlock, long toBlock, Set<Address> addresses, List<Set<Hash>> topics) {
  public LogFilter {
    addresses = Set.copyOf(addresses);
    topics = topics.stream().map(Set::copyOf).toList();
  }

  public boolean lets(Log log) {
    if (!addresses.isEmpty() && !addresses.contains(log.address())
        || topics.size() > log.topics().size()) {
      return false;
    }
    for (int i = 0; i < topics.size(); i++) {
      if (!topics.get(i).isEmpty() && !topics.get(i).contains(log.topics().get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether what has this bloom may hold a log that the filter lets through. */
  public boolean mayLet(Bloom bloom) {
    boolean address =
        addresses.isEmpty()
            || addresses.stream().anyMatch(wanted -> bloom.mayContain(wanted.bytes()));
    return address
        && topics.stream()
            .allMatch(
                any ->
                    any.isEmpty()
                        || any.stream().anyMatch(topic -> bloom.mayContain(topic.bytes())));
  }
}
