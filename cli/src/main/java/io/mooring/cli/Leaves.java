package io.mooring.cli;

import io.mooring.ledger.Entry;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.note.VerifierKey;
import io.mooring.ledger.tlog.Policy;
import io.mooring.ledger.tlog.SignedCheckpoint;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether the tallies of a month say what the leaves do: each entry of a log once, with as many
 * bytes as its leaf says, by the key that it names; and in the journal the proofs and the storage
 * that it charges itself.
 */
final class Leaves {
  private static final String LAYER = "leaves";
  private static final String LOG = "log";
  private static final String PLATFORM_TYPES = "mooring.";

  private final Web web;
  private final Server server;
  private final Journal journal;
  private long compared;

  private Leaves(Web web, Server server, Journal journal) {
    this.web = web;
    this.server = server;
    this.journal = journal;
  }

  static Finding judge(Web web, Server server, Journal journal, Books books, YearMonth month) {
    Leaves leaves = new Leaves(web, server, journal);
    Map<String, List<Books.Tally>> tallies = books.tallies(month);
    for (Map.Entry<String, List<Books.Tally>> of : tallies.entrySet()) {
      Optional<String> wrong = leaves.wrong(of.getKey(), of.getValue());
      if (wrong.isPresent()) {
        return Finding.invalid(LAYER, "ledger " + of.getKey() + ": " + wrong.get());
      }
    }
    return Finding.valid(
        LAYER,
        Words.count(leaves.compared, "entry", "entries")
            + " of "
            + Words.count(tallies.size(), "ledger", "ledgers")
            + ", each told once, with its bytes");
  }

  private Optional<String> wrong(String ledger, List<Books.Tally> tallies) {
    if (ledger.equals(Journal.LEDGER)) {
      return tallies.stream()
          .map(tally -> differs(tally, inJournal(tally.from(), tally.end())))
          .flatMap(Optional::stream)
          .findFirst();
    }
    Map<String, Object> facts = journal.created(ledger);
    if (facts.isEmpty()) {
      return Optional.of("the journal does not say that it was made");
    }
    if (!Json.text(facts, "kind").equals(LOG)) {
      return tallies.stream()
          .map(tally -> differs(tally, Map.of()))
          .flatMap(Optional::stream)
          .findFirst();
    }
    return inLog(ledger, facts, tallies);
  }

  private Optional<String> inLog(
      String ledger, Map<String, Object> facts, List<Books.Tally> tallies) {
    SignedCheckpoint signed;
    VerifierKey key;
    try {
      signed = SignedCheckpoint.parse(server.checkpoint(web, ledger));
      key = VerifierKey.parse(Json.text(facts, "verifierKey"));
    } catch (MalformedException e) {
      return Optional.of("its checkpoint or key is none: " + e.getMessage());
    }
    Policy policy = Policy.of(Json.text(facts, "origin"), List.of(key));
    if (!policy.check(signed).verified()) {
      return Optional.of("its checkpoint is not signed by the key that the journal names");
    }
    SignedLeaves leaves = new SignedLeaves(server.log(web, ledger), signed.checkpoint().head());
    for (Books.Tally tally : tallies) {
      Map<List<String>, BigInteger> used = new TreeMap<>(Books::compare);
      Optional<String> wrong =
          leaves
              .visit(tally.from(), tally.end(), leaf -> add(used, leaf))
              .or(() -> differs(tally, used));
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  /** What an append of this leaf uses; what the platform writes by itself uses nothing. */
  private void add(Map<List<String>, BigInteger> used, Entry leaf) {
    if (!leaf.type().startsWith(PLATFORM_TYPES)) {
      compared++;
      add(used, leaf.submission().keyId(), "entries", BigInteger.ONE);
      add(
          used,
          leaf.submission().keyId(),
          "entry-bytes",
          BigInteger.valueOf(leaf.payload().length()));
    }
  }

  /** What the entries of the journal say that they themselves charge. */
  private Map<List<String>, BigInteger> inJournal(long from, long end) {
    Map<List<String>, BigInteger> used = new TreeMap<>(Books::compare);
    for (Journal.Told told : journal.entries()) {
      if (told.index() >= from && told.index() < end) {
        switch (told.type()) {
          case "proofs.charged" -> {
            compared++;
            BigInteger free = Json.whole(told.said(), "free");
            add(used, told.key(), "proofs", Json.whole(told.said(), "proofs").subtract(free));
          }
          case "storage.charged" -> {
            compared++;
            BigInteger byteMonths = Json.whole(told.said(), "byteMonths");
            add(used, told.key(), "stored-byte-months", byteMonths);
          }
          default -> {} // the journal charges nothing else
        }
      }
    }
    return used;
  }

  private static void add(
      Map<List<String>, BigInteger> used, String key, String meter, BigInteger quantity) {
    if (quantity.signum() != 0) {
      used.merge(List.of(key, meter), quantity, BigInteger::add);
    }
  }

  private static Optional<String> differs(Books.Tally tally, Map<List<String>, BigInteger> used) {
    Map<List<String>, BigInteger> all = new TreeMap<>(Books::compare);
    all.putAll(tally.used());
    all.putAll(used);
    return all.keySet().stream()
        .filter(of -> !of(tally.used(), of).equals(of(used, of)))
        .findFirst()
        .map(
            of ->
                "entry %d of the journal tells %s %s of %s, its entries %d to before %d make it %s"
                    .formatted(
                        tally.index(),
                        of(tally.used(), of),
                        of.getLast(),
                        of.getFirst(),
                        tally.from(),
                        tally.end(),
                        of(used, of)));
  }

  private static BigInteger of(Map<List<String>, BigInteger> used, List<String> of) {
    return used.getOrDefault(of, BigInteger.ZERO);
  }
}
