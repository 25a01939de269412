package io.mooring.billing.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Meter;
import io.mooring.billing.PriceSheet;
import io.mooring.billing.PublishedPrices;
import io.mooring.billing.UsageLine;
import io.mooring.billing.credits.Asked;
import io.mooring.billing.credits.Caps;
import io.mooring.billing.credits.Credits;
import io.mooring.billing.credits.Desk;
import io.mooring.billing.credits.Escrows;
import io.mooring.billing.credits.Settled;
import io.mooring.billing.credits.Terms;
import io.mooring.billing.statements.Calendar;
import io.mooring.billing.statements.Statements;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.LedgerCheck;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ProofsTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final LedgerId JOURNAL = LedgerId.journal(ACME);
  private static final PriceSheet SHEET =
      PublishedPrices.shipped().at("developer", Long.MAX_VALUE).orElseThrow();
  private static final long FREE = SHEET.free().perDay();

  private final Calendar calendar = new Calendar("2026-12-01T08:00:00Z");
  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryBlobs blobs = new InMemoryBlobs();
  private final Terms terms = (tenant, millis) -> Optional.of(SHEET);
  private final Desk desk = new Desk(store, calendar, terms);
  private final Escrows escrows =
      new Escrows(store, new Commits(store, blobs), terms, desk, new Caps(store, desk, calendar));
  private final Committer committer =
      GroupCommitter.racing(
              Stores.of(store, blobs, store), Rules.standard(), calendar, new SecureRandom())
          .metered(escrows);
  private final Credits credits = new Credits(committer, store, desk);
  private final Statements statements =
      new Statements(store, blobs, store, store, PublishedPrices.shipped().book(), calendar);
  private final Proofs proofs = new Proofs(store, committer, terms, calendar);

  ProofsTest() {
    assertInstanceOf(
        Settled.Done.class,
        credits.topUp(Asked.by("operator"), ACME, "pur_1", new Amount(Asset.CPC, 10_000)));
  }

  @Test
  void whatIsBeyondADaysFreeOnesIsALineOfTheStatementForEachKey() {
    ask("key_1", FREE - 1);
    assertEquals(FREE - 1, proofs.charge());
    assertEquals(List.of(), lines());

    ask("key_2", 8);
    proofs.charge();
    ask("key_1", 2);
    proofs.charge();

    assertEquals(
        List.of("key_1 2 proofs for 2", "key_2 7 proofs for 7"),
        lines().stream()
            .map(
                line ->
                    "%s %d %s for %d"
                        .formatted(
                            line.of().key(),
                            line.quantity(),
                            line.of().meter().wireName(),
                            line.units()))
            .toList());
    assertEquals(0, proofs.charge());
    assertEquals(List.of(), new LedgerCheck(store, blobs).check(JOURNAL, store).damage());
  }

  @Test
  void theNextDayHasItsOwnFreeOnes() {
    ask("key_1", FREE);
    proofs.charge();
    calendar.pass(Duration.ofDays(1));
    ask("key_1", FREE);
    proofs.charge();

    assertEquals(List.of(), lines());
  }

  @Test
  void manyOfOneReaderAreChargedBeforeAnyRound() {
    ask("key_1", FREE + Proofs.UNCHARGED_MAX);

    assertEquals(Meter.PROOFS, lines().getFirst().of().meter());
    assertEquals(0, proofs.charge());
  }

  @Test
  void processesThatChargeAtOnceGiveTheFreeOnesOnce() throws Exception {
    List<Callable<Long>> charges = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      var process = new Proofs(store, committer, terms, calendar);
      for (long n = 0; n < FREE / 2; n++) {
        process.proof(ACME, "key_1");
      }
      charges.add(process::charge);
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var charge : threads.invokeAll(charges)) {
        assertEquals(FREE / 2, charge.get());
      }
    }

    assertEquals(FREE, lines().stream().mapToLong(UsageLine::quantity).sum());
  }

  @Test
  void whatCreditDoesNotCoverIsThePlatformsLossAndNoDebt() {
    long everything = credits.purses(ACME).cpc().available().total();
    credits.hold(
        Asked.by("test"), ACME, "hold_1", new Amount(Asset.CPC, everything), Long.MAX_VALUE);
    ask("key_1", FREE + 5);

    proofs.charge();

    assertEquals(List.of(), lines());
    assertEquals(0, credits.purses(ACME).cpc().debt());
    assertEquals(0, proofs.charge(), "it is not asked for again");
  }

  private void ask(String key, long times) {
    for (long i = 0; i < times; i++) {
      proofs.proof(ACME, key);
    }
  }

  private List<UsageLine> lines() {
    return statements.statement(ACME, YearMonth.of(2026, 12)).lines();
  }
}
