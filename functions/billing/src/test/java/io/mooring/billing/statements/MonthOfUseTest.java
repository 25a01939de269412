package io.mooring.billing.statements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.billing.Account;
import io.mooring.billing.Asset;
import io.mooring.billing.BookedDay;
import io.mooring.billing.Meter;
import io.mooring.billing.Posting;
import io.mooring.billing.PriceSheet;
import io.mooring.billing.PublishedPrices;
import io.mooring.billing.Standing;
import io.mooring.billing.Statement;
import io.mooring.billing.Tally;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.CarriedCommit;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.Usage;
import io.mooring.platform.commit.Write;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Key;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fifty tenants use ledgers through the real committer for a month in which prices rise. Each
 * invoice is computed again from what the test asked for: with BigInteger, and with prices that the
 * test reads out of the sheets' text by itself.
 */
class MonthOfUseTest {
  private static final int TENANTS = 50;
  private static final int WRITES = 80;
  private static final YearMonth DECEMBER = YearMonth.of(2026, 12);
  private static final String FIRST = PublishedPrices.shipped().sheets().getFirst().text();

  /** In force from noon of the 15th on; twice as dear for entries. */
  private static final String SECOND =
      FIRST
          .replace("developer-2026-11", "developer-2026-12")
          .replace(
              "\"effective\": \"2026-11-21T00:00:00Z\"", "\"effective\": \"2026-12-22T12:00:00Z\"")
          .replace("\"units\": \"10\"", "\"units\": \"20\"")
          .replace("\"quantity\": \"1\", \"cost\": \"10\"", "\"quantity\": \"1\", \"cost\": \"20\"")
          .replace(
              "\"quantity\": \"10000\", \"cost\": \"100000\"",
              "\"quantity\": \"10000\", \"cost\": \"200000\"");

  private final Calendar calendar = new Calendar("2026-12-01T00:00:00Z");
  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryBlobs blobs = new InMemoryBlobs();
  private final PublishedPrices prices = PublishedPrices.of(List.of(sheet(FIRST), sheet(SECOND)));
  private final Committer committer =
      GroupCommitter.racing(
              Stores.of(store, blobs, store), Rules.standard(), calendar, new SecureRandom())
          .metered(new EndlessCredit(prices.book(), "developer"));
  private final Statements statements =
      new Statements(store, blobs, store, store, prices.book(), calendar);

  /** What the test asked for: for each line, what it used and what that costs. */
  private final Map<String, Map<String, Expected>> expected = new TreeMap<>();

  private record Expected(BigInteger quantity, BigInteger units, int charges) {
    Expected and(Expected more) {
      return new Expected(
          quantity.add(more.quantity), units.add(more.units), charges + more.charges);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyInvoiceIsExact(long seed) throws Exception {
    Random random = new Random(seed);
    List<TenantId> tenants = new ArrayList<>();
    for (int i = 0; i < TENANTS; i++) {
      tenants.add(tenant("ten_tenant" + i));
    }
    Duration step = Duration.ofDays(31).dividedBy(TENANTS * WRITES + TENANTS);
    for (int i = 0; i < TENANTS * WRITES; i++) {
      calendar.pass(step);
      use(random, tenants.get(random.nextInt(TENANTS)));
      if (random.nextInt(500) == 0) {
        statements.statement(tenants.get(random.nextInt(TENANTS)), DECEMBER);
      }
    }
    calendar.pass(Duration.ofDays(2));

    for (TenantId tenant : tenants) {
      Statement invoice = statements.statement(tenant, DECEMBER);
      assertTrue(invoice.complete());
      check(tenant, invoice);
      checkPdf(invoice);
      checkTold(tenant, invoice);
    }
    assertTrue(
        expected.values().stream()
            .flatMap(lines -> lines.keySet().stream())
            .anyMatch(l -> l.contains("2026-12.")),
        "the rise was never met");
  }

  static LongStream seeds() {
    String replay = System.getProperty("seed");
    return replay == null ? new Random().longs(1) : LongStream.of(Long.parseLong(replay));
  }

  private TenantId tenant(String id) {
    var tenant = new TenantId(id);
    commit(
        Write.to(LedgerId.journal(tenant))
            .entry(NewEntry.of("tenant.created", id, Content.json("{}"))));
    for (String ledger : List.of("led_shipments", "led_messages")) {
      commit(
          Write.to(LedgerId.journal(tenant))
              .entry(NewEntry.of("ledger.created", ledger, Content.json("{}")))
              .effect(
                  new Effect.Put(
                      Key.of(tenant, "LEDGER", ledger), new byte[] {1}, new Condition.Absent())));
    }
    expected.put(id, new TreeMap<>());
    return tenant;
  }

  private void use(Random random, TenantId tenant) {
    var ledger = new LedgerId(tenant, random.nextBoolean() ? "led_shipments" : "led_messages");
    String key = "key_" + random.nextInt(3);
    Write write = Write.to(ledger).by(key).entry(NewEntry.of("use", "", Content.json("{}")));
    Map<Meter, Long> used = new TreeMap<>();
    for (Meter meter : Meter.values()) {
      if (random.nextInt(4) == 0) {
        long quantity =
            1 + (random.nextInt(5) == 0 ? random.nextLong(100_000) : random.nextInt(40));
        used.put(meter, quantity);
        write = write.uses(new Usage(meter, quantity));
      }
    }
    long number = commit(write);
    long millis = new Commits(store, blobs).read(ledger, number).orElseThrow().timeMillis();
    used.forEach((meter, quantity) -> expect(tenant, ledger, key, meter, quantity, millis));
  }

  private void expect(
      TenantId tenant, LedgerId ledger, String key, Meter meter, long quantity, long millis) {
    // 2026-12-22T12:00:00Z, written as a number so that no clock of the product is asked.
    boolean risen = millis >= 1_797_940_800_000L;
    String text = risen ? SECOND : FIRST;
    Matcher price =
        Pattern.compile(
                "\"meter\": \"%s\",[^}]*?\"units\": \"(\\d+)\",\\s*\"per\": \"(\\d+)\""
                    .formatted(meter.name().toLowerCase().replace('_', '-')))
            .matcher(text);
    assertTrue(price.find());
    BigInteger[] cost =
        BigInteger.valueOf(quantity)
            .multiply(new BigInteger(price.group(1)))
            .divideAndRemainder(new BigInteger(price.group(2)));
    BigInteger units = cost[0].add(BigInteger.valueOf(cost[1].signum()));
    long day = Math.floorDiv(millis, 86_400_000L) - 20_788; // days since 1970 before 1 December
    String line =
        "2026-12-%02d %s %s %s %s"
            .formatted(
                day + 1,
                ledger.value(),
                key,
                meter.name().toLowerCase().replace('_', '-'),
                (risen ? "developer-2026-12." : "developer-2026-11."));
    expected
        .get(tenant.value())
        .merge(line, new Expected(BigInteger.valueOf(quantity), units, 1), Expected::and);
  }

  private void check(TenantId tenant, Statement invoice) {
    JsonNode json = JsonTree.parse(StatementJson.write(invoice));
    Map<String, Expected> lines = new TreeMap<>();
    Map<String, BigInteger> totals = new TreeMap<>();
    for (JsonNode line : json.path("usage")) {
      String version = line.path("prices").asText();
      String name =
          String.join(
              " ",
              line.path("day").asText(),
              line.path("ledger").asText(),
              line.path("key").asText(),
              line.path("meter").asText(),
              version.substring(0, version.indexOf('.') + 1));
      var units = new BigInteger(line.path("units").asText());
      lines.put(
          name,
          new Expected(
              new BigInteger(line.path("quantity").asText()), units, line.path("charges").asInt()));
      totals.merge(line.path("asset").asText(), units, BigInteger::add);
    }
    assertEquals(expected.get(tenant.value()), lines);
    for (JsonNode balance : json.path("balances")) {
      String asset = balance.path("asset").asText();
      BigInteger total = totals.getOrDefault(asset, BigInteger.ZERO);
      assertEquals(total, new BigInteger(balance.path("charged").asText()));
      // What the escrows lost is what was charged: nothing else took anything in this month.
      assertEquals(
          total.negate(),
          BigInteger.valueOf(invoice.closing().of(Asset.valueOf(asset), Account.Kind.ESCROW)));
      assertEquals(
          total, BigInteger.valueOf(invoice.moved(Asset.valueOf(asset), Posting.Kind.CHARGE)));
    }
  }

  /** The journal alone tells the same lines: every charge stands in a leaf. */
  private void checkTold(TenantId tenant, Statement invoice) {
    new Tallies(store, blobs, store, committer, calendar).tell(tenant, Tallies.Due.ENDED);
    LedgerId journal = LedgerId.journal(tenant);
    Commits commits = new Commits(store, blobs);
    Map<String, Statement.OfLedger> told = new TreeMap<>();
    for (CommitStore.Stored stored : store.range(journal, 1, 1_000)) {
      var carried = new CarriedCommit(stored.commit(), commits.body(journal, stored.commit()));
      for (Tally tally : Bookings.tallies(carried)) {
        Statement.OfLedger before =
            told.getOrDefault(
                tally.ledger(),
                new Statement.OfLedger(tally.ledger(), Standing.NOTHING, List.of()));
        List<BookedDay> days = new ArrayList<>(before.days());
        days.add(tally.booked(prices.book(), before.closing()));
        told.put(tally.ledger(), new Statement.OfLedger(tally.ledger(), before.opening(), days));
      }
    }
    Statement again = Statement.of(tenant.value(), DECEMBER, true, told.values());
    assertEquals(invoice.lines(), again.lines());
    assertEquals(invoice.movements(), again.movements());
    assertEquals(invoice.closing(), again.closing());
  }

  private static void checkPdf(Statement invoice) throws Exception {
    byte[] pdf = StatementPdf.write(invoice);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      String text = new PDFTextStripper().getText(document);
      List<String> read =
          text.lines()
              .map(line -> line.strip().replaceAll("\\s+", " "))
              .filter(line -> !line.isEmpty() && !line.matches("page \\d+ of \\d+"))
              .toList();
      List<String> written =
          StatementPdf.lines(invoice).stream()
              .map(line -> line.strip().replaceAll("\\s+", " "))
              .filter(line -> !line.isEmpty())
              .toList();
      assertEquals(written, read);
    }
  }

  private long commit(Write write) {
    return assertInstanceOf(Outcome.Won.class, committer.commit(write)).receipt().commit();
  }

  private static PriceSheet sheet(String text) {
    return PriceSheet.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
