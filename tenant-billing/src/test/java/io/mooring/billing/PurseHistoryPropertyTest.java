package io.mooring.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.Moved.Declined;
import io.mooring.billing.Moved.Done;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of every operation. After each one: all accounts sum to zero, only accounts that
 * may be negative are, and the stored states equal the sum of all postings.
 */
class PurseHistoryPropertyTest {
  private static final int STEPS = 400;
  private static final String LEDGER = "led_a";

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyHistoryAddsUp(long seed) {
    History history = new History(new Random(seed));
    for (int step = 0; step < STEPS; step++) {
      history.step();
      history.check();
    }
    assertTrue(history.done > STEPS / 4, "a history in which most is declined shows nothing");
    assertTrue(history.declined > 0, "nothing was ever declined");
  }

  static LongStream seeds() {
    String replay = System.getProperty("seed");
    return replay == null ? new Random().longs(100) : LongStream.of(Long.parseLong(replay));
  }

  private static final class History {
    private final Random random;
    private final List<Posting> postings = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();
    private final List<Purchase> purchases = new ArrayList<>();
    private final List<Deposit> deposits = new ArrayList<>();
    private Purse purse = Purse.empty(Asset.CPC);
    private Escrow escrow = Escrow.empty(LEDGER, Asset.CPC);
    private long now = 1;
    private long depositNumber = 0;
    private int names = 0;
    private int done = 0;
    private int declined = 0;

    History(Random random) {
      this.random = random;
    }

    void step() {
      now += random.nextInt(20);
      long units = 1 + random.nextInt(1000);
      String id = "op" + names++;
      switch (random.nextInt(12)) {
        case 0, 1 -> with(purse.topUp(id, units * 3, now), purchases::add);
        case 2 ->
            then(
                purse.grant(
                    new Grant(id, units, random.nextInt(3), now + random.nextInt(400)), now));
        case 3, 4 -> with(purse.hold(id, units, now + random.nextInt(200), now), holds::add);
        case 5, 6 -> endHold(units);
        case 7 -> deposit(units);
        case 8, 9 -> charge(id, units);
        case 10 -> payBack(id, units);
        case 11 -> takeBack(id);
        default -> throw new AssertionError();
      }
    }

    private void endHold(long units) {
      if (holds.isEmpty()) {
        return;
      }
      int at = random.nextInt(holds.size());
      Hold hold = holds.get(at);
      Moved<With<Hold>> moved =
          hold.hasExpired(now)
              ? purse.expired(hold, now)
              : random.nextBoolean()
                  ? purse.capture(hold, Math.min(units, hold.funds().total() + 1), now)
                  : purse.voided(hold, now);
      with(moved, ended -> holds.set(at, ended));
    }

    private void deposit(long units) {
      with(
          purse.deposit(LEDGER, depositNumber + 1, units, now),
          deposit -> {
            depositNumber++;
            deposits.add(deposit);
          });
      while (!deposits.isEmpty()) {
        escrow = escrow.consume(deposits.removeFirst());
      }
    }

    private void charge(String id, long units) {
      Charge charge = new Charge(Meter.GAS, units, units / 2, "v1");
      switch (escrow.charge(id, List.of(charge, charge), now)) {
        case Done<Escrow> moved -> {
          escrow = moved.state();
          record(moved.postings());
        }
        case Declined<Escrow> refused -> declined++;
      }
    }

    private void payBack(String id, long units) {
      if (purchases.isEmpty()) {
        return;
      }
      int at = random.nextInt(purchases.size());
      Purchase purchase = purchases.get(at);
      with(
          switch (random.nextInt(4)) {
            case 0 -> purse.refund(id, purchase, units, now);
            case 1 -> purse.refunded(id, purchase, units, now);
            case 2 -> purse.reinstate(id, purchase, units, now);
            default -> purse.chargeback(id, purchase, units, now);
          },
          less -> purchases.set(at, less));
    }

    private void takeBack(String id) {
      Escrow.Emptied emptied = escrow.release();
      escrow = emptied.escrow();
      then(purse.takeBack(id, LEDGER, emptied.funds(), now));
    }

    private <T> void with(Moved<With<T>> moved, java.util.function.Consumer<T> other) {
      if (moved instanceof Done<With<T>>(With<T> state, List<Posting> made)) {
        purse = state.purse();
        other.accept(state.other());
        record(made);
      } else {
        declined++;
      }
    }

    private void then(Moved<Purse> moved) {
      if (moved instanceof Done<Purse>(Purse state, List<Posting> made)) {
        purse = state;
        record(made);
      } else {
        declined++;
      }
    }

    private void record(List<Posting> made) {
      postings.addAll(made);
      done++;
    }

    void check() {
      Balances balances = Balances.of(postings);
      assertEquals(0, balances.total(Asset.CPC));
      balances
          .accounts(Asset.CPC)
          .forEach(
              (account, units) ->
                  assertTrue(
                      units >= 0 || account.kind().mayBeNegative(), account + " is " + units));
      assertEquals(List.of(), Reconciliation.of(List.of(purse), List.of(escrow), postings));
      long pending =
          holds.stream()
              .filter(hold -> hold.state() == Hold.State.PENDING)
              .mapToLong(hold -> hold.funds().total())
              .sum();
      assertEquals(pending, purse.held());
    }
  }
}
