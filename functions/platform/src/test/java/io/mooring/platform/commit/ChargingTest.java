package io.mooring.platform.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.Asset;
import io.mooring.billing.Charge;
import io.mooring.billing.Decline;
import io.mooring.billing.Escrow;
import io.mooring.billing.Funds;
import io.mooring.billing.Meter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ChargingTest {
  private final Bed bed = new Bed();
  private final PurseInMemory purse = new PurseInMemory();
  private final GroupCommitter committer = bed.committer().metered(purse);

  @Test
  void theCommitThatCarriesAWriteCarriesItsCharge() {
    purse.with(Asset.CPC, 1_000);

    Receipt receipt = Bed.won(committer.commit(entry("1")));

    assertEquals(List.of(new Charge(Meter.ENTRIES, 1, 5, "test-1")), receipt.charges());
    Commit commit = bed.store.tip(Bed.LEDGER).orElseThrow().commit();
    assertEquals("test-1", commit.bill().prices());
    EscrowChange escrow = commit.bill().escrow("", Asset.CPC).orElseThrow();
    assertEquals(
        List.of(0L, 5L, 5L), List.of(escrow.before(), escrow.deposited(), escrow.charged()));
    assertEquals(995, purse.left(Asset.CPC));
    bed.checked();
  }

  @Test
  void aWriteThatCreditDoesNotCoverIsRefusedAloneBeforeTheCommit() {
    purse.with(Asset.CPC, 12);

    List<Outcome> outcomes = all(entry("1"), entry("2"), entry("3"));

    assertEquals(2, outcomes.stream().filter(Outcome.Won.class::isInstance).count());
    Outcome refused =
        outcomes.stream()
            .filter(Outcome.InsufficientCredit.class::isInstance)
            .findFirst()
            .orElseThrow();
    assertEquals(
        new Outcome.InsufficientCredit(Decline.INSUFFICIENT_CREDIT, Asset.CPC, 3), refused);
    assertEquals(2, bed.checked().entries());
  }

  @Test
  void whatUsesNothingIsCommittedWithoutCreditAndCarriesTheEscrows() {
    purse.with(Asset.CPC, 5);
    Bed.won(committer.commit(entry("1")));

    Receipt free = Bed.won(committer.commit(Bed.write("free")));

    assertEquals(List.of(), free.charges());
    Bill bill = bed.store.tip(Bed.LEDGER).orElseThrow().commit().bill();
    assertEquals("", bill.prices());
    assertEquals(5, bill.escrow("", Asset.CPC).orElseThrow().spentEver());
    bed.checked();
  }

  @Test
  void aLedgerOnWhichNothingIsUsedKeepsRecordsOfTheFirstVersion() {
    Bed.won(committer.commit(Bed.write("free")));

    assertTrue(bed.store.tip(Bed.LEDGER).orElseThrow().commit().bill().isNone());
  }

  @Test
  void aRepetitionIsNotChargedAgain() {
    purse.with(Asset.CPC, 1_000);
    Write write = entry("1").once(Bed.key("key-1"), Bed.body("b"));

    Bed.won(committer.commit(write));
    assertInstanceOf(Outcome.Replayed.class, committer.commit(write));
    assertInstanceOf(Outcome.Replayed.class, bed.committer().metered(purse).commit(write));

    assertEquals(5, escrow().spentEver());
  }

  @Test
  void anotherProcessGoesOnWithTheSameEscrow() {
    purse.extra = 100;
    purse.with(Asset.CPC, 1_000);
    Bed.won(committer.commit(entry("1")));
    GroupCommitter other = bed.committer().metered(purse);

    Bed.won(other.commit(entry("2")));
    Bed.won(committer.commit(entry("3")));

    assertEquals(1, purse.asked);
    assertEquals(15, escrow().spentEver());
    assertEquals(90, escrow().after().funds().total());
    bed.checked();
  }

  @Test
  void aProcessThatHasNotSeenTheDepositsOfAnotherReadsOnForThem() {
    purse.with(Asset.CPC, 1_000);
    Bed.won(committer.commit(entry("1")));
    GroupCommitter other = bed.committer().metered(purse);
    Bed.won(other.commit(entry("2")));
    Bed.won(other.commit(entry("3")));

    Bed.won(committer.commit(entry("4")));

    assertEquals(20, escrow().spentEver());
    assertTrue(purse.asked(false) <= 5, "asked again for what was there");
    bed.checked();
  }

  @Test
  void whatIsDepositedAndAlwaysTakenByOthersEndsAtTheDeadline() throws Exception {
    purse.deaf = true;

    Outcome outcome = committer.commit(entry("1"), Duration.ofMillis(50));

    // Pending where the machine is so slow that nobody looked in the last 20 ms.
    assertTrue(outcome instanceof Outcome.Busy || outcome instanceof Outcome.Pending, "" + outcome);
    Thread.sleep(20);
    int asked = purse.asked;
    Thread.sleep(20);
    assertEquals(asked, purse.asked);
  }

  @Test
  void whoWritesAgainAndAgainWaitsForCreditTwiceAndNeverAgain() {
    purse.with(Asset.CPC, 1_000_000);

    for (int i = 1; i <= 1_000; i++) {
      Bed.won(committer.commit(entry("" + i)));
    }

    assertEquals(2, purse.asked(false));
    assertTrue(purse.asked(true) > 0);
    bed.checked();
  }

  @Test
  void whatIsAskedForAheadAndIsNotThereRefusesNobodyWhoCanPay() {
    purse.with(Asset.CPC, 4 * PurseInMemory.ENTRY_PRICE - 1);

    for (int i = 1; i <= 3; i++) {
      Bed.won(committer.commit(entry("" + i)));
    }

    assertInstanceOf(Outcome.InsufficientCredit.class, committer.commit(entry("4")));
    assertTrue(purse.asked(true) <= purse.asked(false), "asked ahead and got nothing");
    purse.with(Asset.CPC, 1);
    Bed.won(committer.commit(entry("4")));
    assertEquals(4, bed.checked().entries());
  }

  @Test
  void fundsThatDoNotComeMakeItBusyAndNotPoor() {
    purse.silent = true;

    assertInstanceOf(Outcome.Busy.class, committer.commit(entry("1")));
  }

  @Test
  void aReleaseGivesBackAllThatIsThereAndNothingTwice() {
    purse.extra = 100;
    purse.with(Asset.CPC, 1_000);
    Bed.won(committer.commit(entry("1")));

    Outcome released = committer.release(Bed.LEDGER, Duration.ofSeconds(5));
    Outcome again = committer.release(Bed.LEDGER, Duration.ofSeconds(5));

    Bed.won(released);
    assertInstanceOf(Outcome.Busy.class, again);
    assertEquals(0, escrow().after().funds().total());
    assertEquals(2, escrow().returnedAt());
    assertEquals(100, escrow().returned().total());
    assertEquals(1, bed.checked().entries());
  }

  @Test
  void theLastCommitOfALedgerGivesEverythingBack() {
    purse.extra = 100;
    purse.with(Asset.CPC, 1_000);
    Bed.won(committer.commit(entry("1")));

    Bed.won(committer.commit(Bed.write("bye").andClose()));

    assertEquals(0, escrow().after().funds().total());
    assertEquals(100, escrow().returned().total());
    bed.checked();
  }

  @Test
  void aKeyWithACapOfItsOwnPaysFromAnEscrowOfItsOwn() {
    purse.with(Asset.CPC, 1_000);
    purse.cappedKey = "key_1";

    Bed.won(committer.commit(entry("1").by("key_1")));
    Bed.won(committer.commit(entry("2").by("key_2")));

    Bill bill = bed.store.tip(Bed.LEDGER).orElseThrow().commit().bill();
    assertEquals(5, bill.escrow("key_1", Asset.CPC).orElseThrow().spentEver());
    assertEquals(5, bill.escrow("", Asset.CPC).orElseThrow().spentEver());
    bed.checked();
  }

  @Test
  void whatNoAmountPaysForIsRefusedAlone() {
    purse.with(Asset.CPC, 1_000);

    Outcome outcome = committer.commit(Bed.write("x").uses(new Usage(Meter.GAS, Long.MAX_VALUE)));

    assertInstanceOf(Outcome.InsufficientCredit.class, outcome);
    Bed.won(committer.commit(entry("1")));
  }

  @Test
  void tenThousandConcurrentSpendsOnABalanceForSevenThousandAreSevenThousand() throws Exception {
    purse.with(Asset.CPC, 7_000 * PurseInMemory.ENTRY_PRICE);
    List<Callable<Outcome>> spends = new ArrayList<>();
    List<GroupCommitter> processes =
        List.of(committer, bed.committer().metered(purse), bed.committer().metered(purse));
    for (int i = 0; i < 10_000; i++) {
      Write write = entry("" + i);
      GroupCommitter process = processes.get(i % processes.size());
      spends.add(() -> process.commit(write, Duration.ofSeconds(60)));
    }

    int won = 0;
    int poor = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Outcome> spend : threads.invokeAll(spends)) {
        switch (spend.get()) {
          case Outcome.Won first -> won++;
          case Outcome.InsufficientCredit second -> poor++;
          case Outcome other -> throw new AssertionError(other.toString());
        }
      }
    }

    assertEquals(List.of(7_000, 3_000), List.of(won, poor));
    assertEquals(7_000, bed.checked().entries());
    assertEquals(0, purse.left(Asset.CPC));
    assertEquals(7_000 * PurseInMemory.ENTRY_PRICE, escrow().spentEver());
  }

  @Test
  void anotherProcessRefusesABillThatDoesNotFollow() {
    purse.extra = 100;
    purse.with(Asset.CPC, 1_000);
    Bed.won(committer.commit(entry("1")));
    CommitStore.Stored second = bentSecond();
    bed.store.overwrite(Bed.LEDGER, 2, second.bytes());

    assertEquals(1, new LedgerCheck(bed.store, bed.blobs).check(Bed.LEDGER).damage().size());
    assertInstanceOf(Outcome.Tampered.class, committer.commit(entry("3")));
  }

  /** A second commit as it would be, but with an escrow that has more than was left. */
  private CommitStore.Stored bentSecond() {
    GroupCommitter other = bed.committer().metered(purse);
    Bed.won(other.commit(entry("2")));
    Commit true2 = bed.store.read(Bed.LEDGER, 2).orElseThrow().commit();
    EscrowChange escrow = true2.bill().escrow("", Asset.CPC).orElseThrow();
    EscrowChange richer =
        new EscrowChange(
            escrow.before() + 50,
            0,
            0,
            escrow.charged(),
            escrow.returned(),
            new Escrow(
                "",
                Asset.CPC,
                escrow.after().funds().plus(Funds.bought(50)),
                escrow.after().lastDeposit()),
            escrow.spentEver(),
            escrow.lapsedEver(),
            escrow.returnedAt());
    Commit bent =
        new Commit(
            true2.number(),
            true2.start(),
            true2.frontier(),
            true2.previous(),
            true2.timeMillis(),
            true2.indexed(),
            true2.closed(),
            true2.carriage(),
            new Bill(true2.bill().prices(), List.of(richer)));
    return new CommitStore.Stored(2, bent.toBytes());
  }

  private EscrowChange escrow() {
    return bed.store
        .tip(Bed.LEDGER)
        .orElseThrow()
        .commit()
        .bill()
        .escrow("", Asset.CPC)
        .orElseThrow();
  }

  private static Write entry(String payload) {
    return Bed.write(payload).uses(new Usage(Meter.ENTRIES, 1));
  }

  private List<Outcome> all(Write... writes) {
    List<Future<Outcome>> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Write write : writes) {
        all.add(threads.submit(() -> committer.commit(write)));
      }
    }
    return all.stream().map(Future::resultNow).toList();
  }
}
