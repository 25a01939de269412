package io.mooring.billing.credits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.Account;
import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Balances;
import io.mooring.billing.Hold;
import io.mooring.billing.Meter;
import io.mooring.billing.Posting;
import io.mooring.billing.PriceSheet;
import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Attempt;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.EscrowChange;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.LedgerCheck;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.commit.Usage;
import io.mooring.platform.commit.Write;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Prefix;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of all operations on the real service: several writers, processes that die and
 * start again, a store that does not answer before or after it has written, and requests that are
 * repeated. Whatever happened, it adds up.
 */
class CreditsHistoryPropertyTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final List<LedgerId> LEDGERS =
      List.of(
          new LedgerId(ACME, "led_first"),
          new LedgerId(ACME, "led_second"),
          new LedgerId(ACME, "led_third"));
  private static final PriceSheet SHEET = Sheets.with(3, 50);
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final int HOLD_MILLIS_MAX = 200;
  private static final int WRITERS = 4;
  private static final int STEPS = 40;

  static LongStream seeds() {
    Long seed = Long.getLong("seed");
    return seed == null ? LongStream.range(0, 12) : LongStream.of(seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void debitsAreCreditsNothingIsNegativeAndReplayIsWhatIsStored(long seed) throws Exception {
    World world = new World(seed);
    world.flaky.faultsInHundred = 8;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < WRITERS; writer++) {
        Random random = new Random(seed * WRITERS + writer);
        String name = "w" + writer;
        threads.submit(() -> world.live(name, random));
      }
    }
    world.rest();

    world.assertAddsUp();
  }

  private static final class World {
    private final InMemoryStore store = new InMemoryStore();
    private final InMemoryBlobs blobs = new InMemoryBlobs();
    private final FlakyStore flaky;
    private final Terms terms = (tenant, millis) -> Optional.of(SHEET);
    private final Set<String> won = new ConcurrentSkipListSet<>();

    /** Whatever goes on beside the writers, of all processes. */
    private final ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor();

    World(long seed) {
      this.flaky = new FlakyStore(store, seed);
    }

    /** Lets what the dead processes had sent land, or be given up, and every hold's time end. */
    void rest() throws InterruptedException {
      flaky.faultsInHundred = 0;
      beside.close();
      Thread.sleep(HOLD_MILLIS_MAX);
    }

    /** A process that has just started; the one before may be in the middle of something. */
    private final class Process {
      private final Desk desk = new Desk(store, Clock.systemUTC(), terms);
      private final Caps caps = new Caps(store, desk, Clock.systemUTC());
      private final Escrows escrows =
          new Escrows(store, new Commits(flaky, blobs), terms, desk, caps);
      private final Committer committer =
          GroupCommitter.racing(
                  Stores.of(flaky, blobs, store),
                  Rules.standard(),
                  new ThreadPace(Clock.systemUTC(), beside),
                  new SecureRandom())
              .metered(escrows);
      private final Credits credits = new Credits(committer, store, desk);
    }

    void live(String writer, Random random) {
      Process process = new Process();
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(12) == 0) {
          process = new Process();
        }
        try {
          act(process, writer + "-" + step, random);
        } catch (RuntimeException e) {
          // What it had begun is found as it was left; what it had not is not there.
          process = new Process();
        }
      }
    }

    private void act(Process process, String name, Random random) {
      LedgerId ledger = LEDGERS.get(random.nextInt(LEDGERS.size()));
      Asked<Hold> somebody = Asked.by("test");
      String old = "w" + random.nextInt(WRITERS) + "-" + random.nextInt(STEPS);
      switch (random.nextInt(10)) {
        case 0 -> {
          Amount amount = new Amount(Asset.CPC, 1 + random.nextInt(400));
          String id = random.nextInt(4) == 0 ? old : name;
          process.credits.topUp(Asked.by("operator"), ACME, "pur_" + id, amount);
        }
        case 1 -> {
          Amount amount = new Amount(Asset.CPC, 1 + random.nextInt(200));
          long expires = System.currentTimeMillis() + random.nextInt(HOLD_MILLIS_MAX);
          process.credits.hold(somebody, ACME, "hold_" + name, amount, expires);
        }
        case 2 -> process.credits.capture(somebody, ACME, "hold_" + old, random.nextInt(60));
        case 3 -> process.credits.voided(somebody, ACME, "hold_" + old);
        case 4 -> process.credits.sweep(ACME);
        case 5 -> {
          process.committer.release(ledger, PATIENCE);
          process.escrows.collect(process.committer, ledger);
        }
        case 6 ->
            process.credits.chargeback(
                Asked.by("bank"), ACME, "cb_" + name, "pur_" + old, 1 + random.nextInt(100));
        default -> append(process, ledger, random.nextInt(5) == 0 ? old : name);
      }
    }

    private void append(Process process, LedgerId ledger, String name) {
      IdempotencyKey key = IdempotencyKey.of("test", "key-" + name);
      Write write =
          Write.to(ledger)
              .by("key_1")
              .entry(NewEntry.of("note", "", Content.json("{}")))
              .uses(new Usage(Meter.ENTRIES, 1))
              .once(key, Hash.ofNothing());
      Outcome outcome = process.committer.commit(write, PATIENCE);
      if (outcome instanceof Outcome.Won || outcome instanceof Outcome.Replayed) {
        won.add(ledger.value() + " " + key.hash());
      }
    }

    void assertAddsUp() {
      Escrows escrows = new Process().escrows;
      List<Posting> postings = new ArrayList<>();
      store.first(Prefix.of(ACME, "POSTED"), 1_000).items().stream()
          .flatMap(item -> PostedJson.postings(JsonTree.parse(item.body())).stream())
          .forEach(postings::add);
      Set<String> landed = new TreeSet<>();
      for (LedgerId ledger : LEDGERS) {
        var report = new LedgerCheck(store, blobs).check(ledger);
        assertEquals(List.of(), report.damage());
        long spent = 0;
        for (long number = 1; number <= report.commits(); number++) {
          var commit = store.read(ledger, number).orElseThrow().commit();
          for (EscrowChange escrow : commit.bill().escrows()) {
            spent += escrow.charged();
            Account account = Account.escrow(ledger.value());
            post(postings, account, Account.revenue(ledger.value()), escrow.charged());
            post(postings, account, Account.PROMOTION, escrow.lapsed());
          }
          new Commits(store, blobs)
              .body(ledger, commit)
              .manifest()
              .attempts()
              .forEach(
                  attempt -> {
                    if (attempt.key() instanceof Attempt.Keyed keyed) {
                      landed.add(ledger.value() + " " + keyed.key());
                    }
                  });
        }
        assertEquals(report.entries() * SHEET.list().of(Meter.ENTRIES).of(1), spent);
      }
      assertTrue(landed.containsAll(won), "an acknowledged append is not there");
      assertEquals(
          List.of(), new LedgerCheck(store, blobs).check(LedgerId.journal(ACME), store).damage());

      Balances replayed = Balances.of(postings);
      var cpc = Purses.of(store.get(Purses.key(ACME))).cpc();
      assertEquals(cpc.available().bought(), replayed.of(Asset.CPC, Account.PREPAID));
      assertEquals(cpc.available().granted(), replayed.of(Asset.CPC, Account.PROMO));
      assertEquals(cpc.held(), replayed.of(Asset.CPC, Account.HELD));
      assertEquals(-cpc.debt(), replayed.of(Asset.CPC, Account.RECEIVABLE));
      for (LedgerId ledger : LEDGERS) {
        assertTrue(replayed.of(Asset.CPC, Account.escrow(ledger.value())) >= 0);
      }
      long between = replayed.of(Asset.CPC, Account.Kind.ESCROW);
      assertEquals(
          escrows.available(ACME).get(Asset.CPC),
          cpc.spendable(System.currentTimeMillis()) + cpc.held() + between);
      assertEquals(0L, escrows.held(ACME).get(Asset.CPC));
      assertEquals(0, replayed.total(Asset.CPC));
    }

    private static void post(List<Posting> postings, Account from, Account to, long units) {
      if (units > 0) {
        Amount amount = new Amount(Asset.CPC, units);
        postings.add(new Posting("commit", Posting.Kind.CHARGE, from, to, amount, "commit"));
      }
    }
  }
}
