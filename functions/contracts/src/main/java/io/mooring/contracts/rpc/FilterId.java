package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.LogFilter;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.rlp.MalformedRlp;
import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.rlp.RlpOutput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A filter, all of which stands in its own id, so that any process can serve it.
 *
 * @param first the first block that it tells of
 * @param salt keeps two filters apart that ask for the same
 */
record FilterId(
    Kind kind, long first, long last, long salt, Set<Address> addresses, List<Set<Hash>> topics) {
  /** What a filter tells of. */
  enum Kind {
    LOGS,
    BLOCKS,
    TRANSACTIONS
  }

  static FilterId of(Kind kind, long first, long salt) {
    return new FilterId(kind, first, Long.MAX_VALUE, salt, Set.of(), List.of());
  }

  String text() {
    RlpOutput out = new RlpOutput().startList();
    out.number(kind.ordinal()).number(first).number(last).number(salt).startList();
    addresses.forEach(out::address);
    out.endList().startList();
    for (Set<Hash> any : topics) {
      out.startList();
      any.forEach(topic -> out.bytes(topic.bytes()));
      out.endList();
    }
    return Hex.data(out.endList().endList().toBytes());
  }

  /** Nothing where the text is no id that {@link #text} made. */
  static Optional<FilterId> parse(String text) {
    if (!text.startsWith("0x")) {
      return Optional.empty();
    }
    try {
      RlpInput in = RlpInput.ofList(HexFormat.of().parseHex(text.substring(2)));
      long kind = in.number();
      if (kind < 0 || kind >= Kind.values().length) {
        return Optional.empty();
      }
      long first = in.number();
      long last = in.number();
      long salt = in.number();
      Set<Address> addresses = new HashSet<>();
      for (RlpInput list = in.list(); list.hasNext(); ) {
        addresses.add(list.address());
      }
      List<Set<Hash>> topics = new ArrayList<>();
      for (RlpInput places = in.list(); places.hasNext(); ) {
        Set<Hash> any = new HashSet<>();
        for (RlpInput list = places.list(); list.hasNext(); ) {
          any.add(Hash.of(list.bytes(Hash.BYTES)));
        }
        topics.add(any);
      }
      in.end();
      return first < 0 || last < 0
          ? Optional.empty()
          : Optional.of(
              new FilterId(Kind.values()[(int) kind], first, last, salt, addresses, topics));
    } catch (MalformedRlp malformed) {
      return Optional.empty();
    } catch (IllegalArgumentException notHex) {
      return Optional.empty();
    }
  }

  LogFilter logs(long from, long to) {
    return new LogFilter(from, to, addresses, topics);
  }
}
