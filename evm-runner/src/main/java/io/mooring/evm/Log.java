package io.mooring.evm;

import java.util.List;

/** What a contract told the outside; {@code data} is not copied. */
public record Log(Address address, List<Hash> topics, byte[] data) {
  public Log {
    topics = List.copyOf(topics);
  }
}
