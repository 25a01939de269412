package io.mooring.cli;

import io.mooring.cli.Counted.Span;
import io.mooring.ledger.Entry;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.tlog.MissingFileException;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Whether the tallies of a month say what the leaves do: each entry of a log once, with as many
 * bytes as its leaf says, by the key that it names; the gas, call data and state of each block of a
 * chain; and in the journal the proofs and the storage that it charges itself.
 */
final class Leaves {
  private static final String LOG = "log";
  private static final String CHAIN = "evm";
  private static final String PLATFORM_TYPES = "mooring.";

  /** Whether an entry came as a message, its leaf does not say. */
  private static final Span PERHAPS_ONE = new Span(BigInteger.ZERO, BigInteger.ONE);

  private final Web web;
  private final Server server;
  private final Journal journal;
  private final boolean thisMonthOnly;
  private long entries;
  private long blocks;

  private Leaves(Web web, Server server, Journal journal, boolean thisMonthOnly) {
    this.web = web;
    this.server = server;
    this.journal = journal;
    this.thisMonthOnly = thisMonthOnly;
  }

  /** One finding of what leaves say, and one of blocks where there is a chain. */
  static List<Finding> judge(
      Web web,
      Server server,
      Journal journal,
      Books books,
      YearMonth month,
      boolean thisMonthOnly) {
    Leaves leaves = new Leaves(web, server, journal, thisMonthOnly);
    Map<String, List<Books.Tally>> chains = new TreeMap<>();
    Map<String, List<Books.Tally>> others = new TreeMap<>();
    books
        .tallies(month)
        .forEach((of, tallies) -> (leaves.isChain(of) ? chains : others).put(of, tallies));

    List<Finding> findings = new ArrayList<>();
    findings.add(
        judge(
            "leaves",
            others,
            leaves::wrong,
            () ->
                "%s of %s, each told once, with its bytes"
                    .formatted(
                        Words.count(leaves.entries, "entry", "entries"),
                        Words.count(others.size(), "ledger", "ledgers"))));
    if (!chains.isEmpty()) {
      findings.add(
          judge(
              "blocks",
              chains,
              leaves::inChain,
              () ->
                  "%s of %s, each told once, with its %s"
                      .formatted(
                          Words.count(leaves.blocks, "block", "blocks"),
                          Words.count(chains.size(), "chain", "chains"),
                          thisMonthOnly
                              ? "gas and call data, and new state within its bounds"
                              : "gas, call data and new state")));
    }
    return findings;
  }

  private static Finding judge(
      String layer,
      Map<String, List<Books.Tally>> tallies,
      BiFunction<String, List<Books.Tally>, Optional<String>> wrong,
      Supplier<String> right) {
    for (Map.Entry<String, List<Books.Tally>> of : tallies.entrySet()) {
      Optional<String> found;
      try {
        found = wrong.apply(of.getKey(), of.getValue());
      } catch (MissingFileException | MalformedException e) {
        found = Optional.of(String.valueOf(e.getMessage()));
      }
      if (found.isPresent()) {
        return Finding.invalid(layer, "ledger " + of.getKey() + ": " + found.get());
      }
    }
    return Finding.valid(layer, right.get());
  }

  private boolean isChain(String ledger) {
    return Json.text(journal.created(ledger), "kind").equals(CHAIN);
  }

  private Optional<String> wrong(String ledger, List<Books.Tally> tallies) {
    if (ledger.equals(Journal.LEDGER)) {
      return differs(
          tallies, tallies.stream().map(tally -> inJournal(tally.from(), tally.end())).toList());
    }
    Map<String, Object> facts = journal.created(ledger);
    if (facts.isEmpty()) {
      return Optional.of("the journal does not say that it was made");
    }
    if (!Json.text(facts, "kind").equals(LOG)) {
      throw new CannotTellException("ledger " + ledger + " is of a kind that is not known here");
    }
    return inLog(ledger, tallies);
  }

  private Optional<String> inLog(String ledger, List<Books.Tally> tallies) {
    SignedLeaves leaves = leaves(ledger);
    return differs(tallies, counted(leaves, tallies, (at, some, counted) -> add(some, counted)));
  }

  private Optional<String> inChain(String ledger, List<Books.Tally> tallies) {
    SignedLeaves leaves = leaves(ledger);
    try (Blocks chain = new Blocks(web, server, ledger, !thisMonthOnly)) {
      if (!thisMonthOnly) {
        Counted before = new Counted();
        leaves.visit(0, tallies.getFirst().from(), (at, some) -> chain.count(at, some, before));
      }
      List<Counted> counts =
          counted(leaves, tallies, (at, some, counted) -> blocks += chain.count(at, some, counted));
      chain.end();
      return differs(tallies, counts);
    }
  }

  /** Under the head that the ledger's own key signed. */
  private SignedLeaves leaves(String ledger) {
    return SignedLeaves.of(web, server, ledger, journal.created(ledger));
  }

  private interface Counter {
    void count(long first, List<Entry> leaves, Counted counted);
  }

  /** What the leaves of each tally come to. */
  private static List<Counted> counted(
      SignedLeaves leaves, List<Books.Tally> tallies, Counter counter) {
    List<Counted> counts = new ArrayList<>();
    for (Books.Tally tally : tallies) {
      Counted counted = new Counted();
      counts.add(counted);
      leaves.visit(tally.from(), tally.end(), (at, some) -> counter.count(at, some, counted));
    }
    return counts;
  }

  private static Optional<String> differs(List<Books.Tally> tallies, List<Counted> counts) {
    return IntStream.range(0, tallies.size())
        .mapToObj(i -> counts.get(i).differs(tallies.get(i)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** What an append of these leaves uses; what the platform writes by itself uses nothing. */
  private void add(List<Entry> leaves, Counted counted) {
    for (Entry leaf : leaves) {
      if (!leaf.type().startsWith(PLATFORM_TYPES)) {
        entries++;
        String key = leaf.submission().keyId();
        counted.add(key, "entries", BigInteger.ONE);
        counted.add(key, "entry-bytes", BigInteger.valueOf(leaf.payload().length()));
        counted.add(key, "messages", PERHAPS_ONE);
      }
    }
  }

  /** What the entries of the journal say that they themselves charge. */
  private Counted inJournal(long from, long end) {
    Counted counted = new Counted();
    for (Journal.Told told : journal.entries()) {
      if (told.index() >= from && told.index() < end) {
        switch (told.type()) {
          case "proofs.charged" -> {
            entries++;
            BigInteger free = Json.whole(told.said(), "free");
            counted.add(told.key(), "proofs", Json.whole(told.said(), "proofs").subtract(free));
          }
          case "storage.charged" -> {
            entries++;
            BigInteger byteMonths = Json.whole(told.said(), "byteMonths");
            counted.add(told.key(), "stored-byte-months", byteMonths);
          }
          default -> {} // the journal charges nothing else
        }
      }
    }
    return counted;
  }
}
