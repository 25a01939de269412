package io.mooring.billing.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Meter;
import io.mooring.billing.UsageLine;
import io.mooring.billing.credits.Asked;
import io.mooring.billing.credits.Settled;
import io.mooring.billing.statements.Bank;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.LedgerCheck;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ProofsTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final LedgerId JOURNAL = LedgerId.journal(ACME);
  private static final long FREE = Bank.SHEET.free().perDay();

  private final Bank bank = new Bank();
  private final Proofs proofs = new Proofs(bank.store, bank.committer, bank.terms, bank.calendar);

  ProofsTest() {
    assertInstanceOf(
        Settled.Done.class,
        bank.credits.topUp(Asked.by("operator"), ACME, "pur_1", new Amount(Asset.CPC, 10_000)));
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
    assertEquals(
        List.of(), new LedgerCheck(bank.store, bank.blobs).check(JOURNAL, bank.store).damage());
  }

  @Test
  void theNextDayHasItsOwnFreeOnes() {
    ask("key_1", FREE);
    proofs.charge();
    bank.calendar.pass(Duration.ofDays(1));
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
      var process = new Proofs(bank.store, bank.committer, bank.terms, bank.calendar);
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
    long everything = bank.credits.purses(ACME).cpc().available().total();
    bank.credits.hold(
        Asked.by("test"), ACME, "hold_1", new Amount(Asset.CPC, everything), Long.MAX_VALUE);
    ask("key_1", FREE + 5);

    proofs.charge();

    assertEquals(List.of(), lines());
    assertEquals(0, bank.credits.purses(ACME).cpc().debt());
    assertEquals(0, proofs.charge(), "it is not asked for again");
  }

  private void ask(String key, long times) {
    for (long i = 0; i < times; i++) {
      proofs.proof(ACME, key);
    }
  }

  private List<UsageLine> lines() {
    return bank.statements.statement(ACME, YearMonth.of(2026, 12)).lines();
  }
}
