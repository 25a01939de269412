package io.mooring.billing.reconciliation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.Account;
import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Meter;
import io.mooring.billing.Statement;
import io.mooring.billing.credits.Asked;
import io.mooring.billing.credits.Settled;
import io.mooring.billing.credits.StoredPurses;
import io.mooring.billing.statements.Bank;
import io.mooring.billing.statements.Tallies;
import io.mooring.billing.storage.Storage;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Usage;
import io.mooring.platform.commit.Write;
import io.mooring.platform.table.Key;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A tenant buys, spends from real escrows, gives back and pays for storage for a month and more:
 * all the time reconciliation finds nothing, and the statement is what the purse and ledgers hold.
 */
class RealMoneyTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final LedgerId JOURNAL = LedgerId.journal(ACME);
  private static final List<LedgerId> LEDGERS =
      List.of(new LedgerId(ACME, "led_first"), new LedgerId(ACME, "led_second"));
  private static final YearMonth DECEMBER = YearMonth.of(2026, 12);

  private final Bank bank = new Bank();
  private final Tallies tallies =
      new Tallies(bank.store, bank.blobs, bank.store, bank.committer, bank.calendar);
  private final Storage storage = new Storage(bank.statements, bank.store, bank.committer);
  private final Reconciler reconciler =
      new Reconciler(bank.store, bank.blobs, bank.store, bank.committer, bank.credits);

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aMonthOfRealMoneyAddsUpAtEveryStep(long seed) {
    Random random = new Random(seed);
    for (LedgerId ledger : LEDGERS) {
      commit(
          Write.to(JOURNAL)
              .entry(NewEntry.of("ledger.created", ledger.value(), Content.json("{}")))
              .effect(Effect.create(Key.of(ACME, "LEDGER", ledger.value()), new byte[] {1})));
    }
    for (int step = 0; step < 200; step++) {
      bank.calendar.pass(Duration.ofMinutes(random.nextInt(500)));
      step(random, step);
      if (step % 20 == 0) {
        tallies.tell(ACME, random.nextBoolean() ? Tallies.Due.ALL : Tallies.Due.ENDED);
        assertEquals(List.of(), reconciler.reconcile(ACME).mismatches(), "after step " + step);
      }
    }
    bank.calendar.pass(Duration.ofDays(5));
    assertTrue(storage.charge(ACME) > 0);
    tallies.tell(ACME, Tallies.Due.ALL);

    Report report = reconciler.reconcile(ACME);
    assertEquals(List.of(), report.mismatches());
    assertFalse(StoredPurses.read(bank.store, ACME).purses().cpc().frozen());
    for (YearMonth month : bank.statements.months(ACME)) {
      Statement statement = bank.statements.statement(ACME, month);
      for (Asset asset : Asset.values()) {
        assertEquals(
            statement.charged(asset),
            statement.moved(asset, io.mooring.billing.Posting.Kind.CHARGE),
            month + " " + asset);
      }
    }
    Statement last = bank.statements.statement(ACME, bank.statements.months(ACME).getLast());
    for (Asset asset : Asset.values()) {
      assertEquals(
          StoredPurses.read(bank.store, ACME).purses().of(asset).available().total(),
          last.closing().available(asset));
      assertTrue(last.closing().of(asset, Account.Kind.ESCROW) >= 0);
    }
    assertFalse(bank.statements.statement(ACME, DECEMBER).lines().isEmpty());
  }

  static LongStream seeds() {
    String replay = System.getProperty("seed");
    return replay == null ? new Random().longs(2) : LongStream.of(Long.parseLong(replay));
  }

  private void step(Random random, int step) {
    LedgerId ledger = LEDGERS.get(random.nextInt(LEDGERS.size()));
    switch (random.nextInt(8)) {
      case 0 ->
          assertInstanceOf(
              Settled.Done.class,
              bank.credits.topUp(
                  Asked.by("op"),
                  ACME,
                  "pur_" + step,
                  new Amount(
                      random.nextBoolean() ? Asset.CPC : Asset.ITC, 1 + random.nextInt(50_000))));
      case 1 -> bank.committer.release(ledger, Duration.ofSeconds(5));
      case 2 -> bank.escrows.collect(bank.committer, ledger);
      default -> {
        Write write =
            Write.to(ledger)
                .by("key_" + random.nextInt(3))
                .entry(
                    NewEntry.of(
                        "use", "", Content.of("text/plain", new byte[random.nextInt(20_000)])))
                .uses(new Usage(Meter.ENTRIES, 1));
        if (random.nextBoolean()) {
          write = write.uses(new Usage(Meter.MESSAGES, 1 + random.nextInt(9_000)));
        }
        Outcome outcome = bank.committer.commit(write);
        if (!(outcome instanceof Outcome.InsufficientCredit)) {
          assertInstanceOf(Outcome.Won.class, outcome);
        }
      }
    }
  }

  private void commit(Write write) {
    assertInstanceOf(Outcome.Won.class, bank.committer.commit(write));
  }
}
