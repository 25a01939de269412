package io.mooring.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.mooring.billing.Hold.State;
import io.mooring.billing.Moved.Declined;
import io.mooring.billing.Moved.Done;
import java.util.List;
import org.junit.jupiter.api.Test;

class PurseTest {
  private static final long NOW = 1_000;
  private static final long LATER = 2_000;

  private final Purse hundred = purse(Purse.empty(Asset.CPC).topUp("buy", 100, NOW));

  @Test
  void capturesAPartAndGivesTheRestBack() {
    With<Hold> held = done(hundred.hold("h", 60, LATER, NOW));
    assertEquals(40, held.purse().spendable(NOW));

    With<Hold> captured = done(held.purse().capture(held.other(), 45, NOW));
    assertEquals(55, captured.purse().spendable(NOW));
    assertEquals(0, captured.purse().held());
    assertEquals(State.CAPTURED, captured.other().state());
  }

  @Test
  void aHoldHasExactlyOneEnd() {
    With<Hold> held = done(hundred.hold("h", 60, LATER, NOW));
    With<Hold> voided = done(held.purse().voided(held.other(), NOW));
    assertDeclined(Decline.HOLD_ENDED, 0, voided.purse().capture(voided.other(), 1, NOW));
    assertDeclined(Decline.HOLD_ENDED, 0, voided.purse().voided(voided.other(), NOW));
    assertDeclined(Decline.HOLD_ENDED, 0, voided.purse().expired(voided.other(), LATER));

    With<Hold> captured = done(held.purse().capture(held.other(), 60, NOW));
    assertDeclined(Decline.HOLD_ENDED, 0, captured.purse().voided(captured.other(), NOW));
  }

  @Test
  void aHoldThatNobodySweptCannotBeCapturedAfterItsTime() {
    With<Hold> held = done(hundred.hold("h", 60, LATER, NOW));
    assertDeclined(Decline.HOLD_EXPIRED, 0, held.purse().capture(held.other(), 60, LATER));

    With<Hold> expired = done(held.purse().expired(held.other(), LATER));
    assertEquals(100, expired.purse().spendable(LATER));
    assertEquals(State.EXPIRED, expired.other().state());
  }

  @Test
  void tellsHowMuchIsMissing() {
    assertDeclined(Decline.INSUFFICIENT_CREDIT, 1, hundred.hold("h", 101, LATER, NOW));
    With<Hold> held = done(hundred.hold("h", 60, LATER, NOW));
    assertDeclined(Decline.EXCEEDS_HOLD, 5, held.purse().capture(held.other(), 65, NOW));
  }

  @Test
  void spendsWhatLapsesFirstAndThenWhatWasBought() {
    Purse purse = purse(hundred.grant(new Grant("late", 10, 1, LATER + 1), NOW));
    purse = purse(purse.grant(new Grant("soon", 10, 1, LATER), NOW));
    purse = purse(purse.grant(new Grant("first", 10, 0, LATER + 2), NOW));

    With<Hold> held = done(purse.hold("h", 25, LATER + 9, NOW));

    assertEquals(
        List.of("first", "soon", "late"),
        held.other().funds().grants().stream().map(Grant::id).toList());
    assertEquals(5, held.other().funds().grants().getLast().units());
    assertEquals(100, held.purse().available().bought());
  }

  @Test
  void aGrantThatWasHeldStillLapsesWhenItIsReleased() {
    Purse purse = purse(Purse.empty(Asset.CPC).grant(new Grant("g", 10, 0, LATER), NOW));
    With<Hold> held = done(purse.hold("h", 10, LATER + 5, NOW));
    With<Hold> voided = done(held.purse().voided(held.other(), LATER + 1));
    assertEquals(Funds.NONE, voided.purse().available());
  }

  @Test
  void aChargebackBeyondTheBalanceIsADebtThatTheNextPurchasePays() {
    With<Purchase> bought = done(Purse.empty(Asset.CPC).topUp("buy", 100, NOW));
    With<Hold> held = done(bought.purse().hold("h", 80, LATER, NOW));
    With<Hold> spent = done(held.purse().capture(held.other(), 80, NOW));

    With<Purchase> back = done(spent.purse().chargeback("cb", bought.other(), 100, NOW));
    assertEquals(80, back.purse().debt());
    assertEquals(0, back.purse().spendable(NOW));
    assertEquals(0, back.other().open());

    Purse paid = purse(back.purse().topUp("again", 100, NOW));
    assertEquals(0, paid.debt());
    assertEquals(20, paid.spendable(NOW));
  }

  @Test
  void refundsNeitherWhatIsSpentNorMoreThanWasBought() {
    With<Purchase> bought = done(Purse.empty(Asset.CPC).topUp("buy", 100, NOW));
    assertDeclined(
        Decline.EXCEEDS_PURCHASE, 1, bought.purse().refund("r", bought.other(), 101, NOW));
    With<Hold> held = done(bought.purse().hold("h", 80, LATER, NOW));
    assertDeclined(
        Decline.INSUFFICIENT_CREDIT, 30, held.purse().refund("r", bought.other(), 50, NOW));
  }

  @Test
  void aFrozenPurseSpendsNothing() {
    With<Hold> held = done(hundred.hold("h", 10, LATER, NOW));
    Purse frozen = held.purse().freeze(true);
    assertDeclined(Decline.FROZEN, 0, frozen.hold("i", 1, LATER, NOW));
    assertDeclined(Decline.FROZEN, 0, frozen.deposit("led_a", 1, 1, NOW));
    assertDeclined(Decline.FROZEN, 0, frozen.capture(held.other(), 1, NOW));
    assertDeclined(Decline.FROZEN, 0, frozen.topUp("buy", 1, NOW));
  }

  @Test
  void refusesABalanceThatWouldOverflow() {
    Purse full = purse(Purse.empty(Asset.CPC).topUp("buy", Amount.UNITS_MAX, NOW));
    assertDeclined(Decline.BALANCE_TOO_LARGE, 0, full.topUp("more", 1, NOW));
    assertDeclined(Decline.BALANCE_TOO_LARGE, 0, full.grant(new Grant("g", 1, 0, LATER), NOW));
    Purse held = done(full.hold("h", Amount.UNITS_MAX, LATER, NOW)).purse();
    assertDeclined(Decline.BALANCE_TOO_LARGE, 0, held.topUp("more", 1, NOW));
  }

  @Test
  void refusesAGrantTooMany() {
    Purse purse = hundred;
    for (int i = 0; i < Funds.GRANTS_MAX; i++) {
      purse = purse(purse.grant(new Grant("g" + i, 1, 0, LATER), NOW));
    }
    assertDeclined(
        Decline.TOO_MANY_GRANTS, 0, purse.grant(new Grant("one more", 1, 0, LATER), NOW));
  }

  private static Purse purse(Moved<?> moved) {
    return switch (assertInstanceOf(Done.class, moved).state()) {
      case Purse purse -> purse;
      case With<?> with -> with.purse();
      default -> throw new AssertionError(moved);
    };
  }

  private static <T> With<T> done(Moved<With<T>> moved) {
    if (moved instanceof Done<With<T>> done) {
      return done.state();
    }
    throw new AssertionError(moved);
  }

  private static void assertDeclined(Decline reason, long missing, Moved<?> moved) {
    assertEquals(new Declined<>(reason, missing), moved);
  }
}
