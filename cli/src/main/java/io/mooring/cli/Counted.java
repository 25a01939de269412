package io.mooring.cli;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What entries of one ledger come to, for each key and meter. Not thread-safe. */
final class Counted {
  private final Map<List<String>, Span> used = new TreeMap<>(Books::compare);

  /** A quantity, or the two that it lies between. */
  record Span(BigInteger least, BigInteger most) {
    private static final Span NOTHING = exactly(BigInteger.ZERO);

    static Span exactly(BigInteger quantity) {
      return new Span(quantity, quantity);
    }

    private Span and(Span other) {
      return new Span(least.add(other.least), most.add(other.most));
    }

    private boolean holds(BigInteger quantity) {
      return least.compareTo(quantity) <= 0 && quantity.compareTo(most) <= 0;
    }

    private String inWords() {
      return least.equals(most) ? least.toString() : least + " to " + most;
    }
  }

  void add(String key, String meter, BigInteger quantity) {
    add(key, meter, Span.exactly(quantity));
  }

  void add(String key, String meter, Span quantity) {
    used.merge(List.of(key, meter), quantity, Span::and);
  }

  /** Where a tally tells of other use, if it does. */
  Optional<String> differs(Books.Tally tally) {
    Map<List<String>, Span> all = new TreeMap<>(Books::compare);
    tally.used().keySet().forEach(of -> all.put(of, Span.NOTHING));
    all.putAll(used);
    return all.entrySet().stream()
        .filter(of -> !of.getValue().holds(told(tally, of.getKey())))
        .findFirst()
        .map(
            of ->
                "entry %d of the journal tells %s %s of %s, its entries %d to before %d make it %s"
                    .formatted(
                        tally.index(),
                        told(tally, of.getKey()),
                        of.getKey().getLast(),
                        whose(of.getKey().getFirst()),
                        tally.from(),
                        tally.end(),
                        of.getValue().inWords()));
  }

  private static BigInteger told(Books.Tally tally, List<String> of) {
    return tally.used().getOrDefault(of, BigInteger.ZERO);
  }

  /** A block of several keys' transactions names none. */
  private static String whose(String key) {
    return key.isEmpty() ? "several keys together" : key;
  }
}
