package io.mooring.billing.credits;

import static io.mooring.billing.credits.Money.ACME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Cap;
import io.mooring.billing.Decline;
import io.mooring.billing.Hold;
import io.mooring.ledger.Hash;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldsTest {
  private static final Asked<Hold> SOMEBODY = Asked.by("key_1");

  private final Money money = new Money();

  @BeforeEach
  void topUp() {
    money.topUp(1_000);
  }

  @Test
  void aPartIsTakenAndTheRestGoesBackAndTheHoldSaysSo() {
    hold("hold_1", 500, Duration.ofHours(1));
    money.credits.capture(SOMEBODY, ACME, "hold_1", 300);

    Hold hold = money.credits.held(ACME, "hold_1").orElseThrow();

    assertEquals(Hold.State.CAPTURED, hold.state());
    assertEquals(300, hold.captured());
    assertEquals(500, hold.funds().total());
    assertEquals(700, money.available());
    assertEquals(Optional.empty(), money.credits.held(ACME, "hold_2"));
  }

  @Test
  void withoutAnAmountAllOfItIsTaken() {
    hold("hold_1", 500, Duration.ofHours(1));
    money.credits.capture(SOMEBODY, ACME, "hold_1");

    assertEquals(500, money.credits.held(ACME, "hold_1").orElseThrow().captured());
    assertEquals(500, money.available());
  }

  @Test
  void itsTimeIsJudgedWhenItIsUsedThoughNobodyHasSweptIt() {
    hold("hold_1", 500, Duration.ofHours(1));
    money.now = money.now.plus(Duration.ofHours(1));

    assertEquals(
        new Settled.Declined<Hold>(Decline.HOLD_EXPIRED, 0),
        money.credits.capture(SOMEBODY, ACME, "hold_1", 1));
    assertEquals(1, money.credits.sweep(ACME));

    assertEquals(Hold.State.EXPIRED, money.credits.held(ACME, "hold_1").orElseThrow().state());
    assertEquals(1_000, money.available());
  }

  @Test
  void whatIsHeldBeyondItsTimeIsSpentThoughNobodyHasSweptIt() {
    hold("hold_1", 1_000, Duration.ofHours(1));
    assertInstanceOf(Outcome.InsufficientCredit.class, money.append());
    money.now = money.now.plus(Duration.ofHours(1));

    assertEquals(1_000, money.available());
    assertEquals(0L, money.escrows.held(ACME).get(Asset.CPC));
    assertEquals(Hold.State.EXPIRED, money.credits.held(ACME, "hold_1").orElseThrow().state());
    assertInstanceOf(Outcome.Won.class, money.append());

    assertTrue(money.available() < 1_000, "it was charged");
    assertEquals(0, money.credits.purses(ACME).cpc().held());
  }

  @Test
  void itsEndsAreFoundInTheirOrderAndManyAtATime() {
    for (int i = 0; i < Overdue.HOLDS_MAX + 3; i++) {
      hold("hold_" + i, 1, Duration.ofMinutes(i + 1));
    }
    money.now = money.now.plus(Duration.ofMinutes(Overdue.HOLDS_MAX + 1));

    assertEquals(Overdue.HOLDS_MAX, money.credits.sweep(ACME));
    assertEquals(1, money.credits.sweep(ACME));
    assertEquals(0, money.credits.sweep(ACME));
    assertEquals(2L, money.escrows.held(ACME).get(Asset.CPC));
    assertEquals(1_000 - 2, money.available());
  }

  @Test
  void whatLiesIdleInALedgerCanBeHeldAndNoMoreIsCalledBackThanThereIs() {
    assertInstanceOf(Outcome.Won.class, money.append());
    long there = money.available();
    long inPurse = money.credits.purses(ACME).cpc().available().total();
    assertTrue(inPurse < there, "the ledger holds some");

    assertInstanceOf(
        Settled.Declined.class,
        money.gathering.hold(SOMEBODY, ACME, "hold_1", amount(there + 1), later()));
    assertEquals(inPurse, money.credits.purses(ACME).cpc().available().total());
    assertInstanceOf(
        Settled.Done.class, money.gathering.hold(SOMEBODY, ACME, "hold_2", amount(there), later()));

    assertEquals(0, money.available());
  }

  @Test
  void whatLiesIdleInALedgerCanBeTakenBackOfAPurchase() {
    assertInstanceOf(Outcome.Won.class, money.append());
    long there = money.available();
    assertTrue(money.credits.purses(ACME).cpc().available().total() < there, "the ledger has some");

    assertInstanceOf(
        Settled.Done.class,
        money.gathering.refund(Asked.by("operator"), ACME, "ref_1", "pur_1", amount(there)));

    assertEquals(0, money.available());
  }

  @Test
  void aRepetitionIsToldTheFirstAnswerThoughItCouldNotBeDoneAgain() {
    Asked<Hold> first = keyed("first", "made");
    hold(first, "hold_1", 1_000);
    assertReplays("made", money.credits.hold(first, ACME, "hold_1", amount(1_000), later()));

    Asked<Hold> second = keyed("second", "taken");
    money.credits.capture(second, ACME, "hold_1", 600);
    assertReplays("taken", money.credits.capture(second, ACME, "hold_1", 600));
    assertEquals(
        new Settled.Declined<Hold>(Decline.HOLD_ENDED, 0),
        money.credits.capture(keyed("third", "never"), ACME, "hold_1", 1));
    assertEquals(400, money.available());
  }

  @Test
  void aKeyThatWasUsedForSomethingElseIsNoRepetition() {
    hold(keyed("first", "made"), "hold_1", 1_000);
    var other = new Asked<Hold>("key_1", (write, made) -> write, body("first", "other", "never"));

    var refused =
        assertInstanceOf(
            Settled.Unchanged.class, money.credits.hold(other, ACME, "hold_2", amount(1), later()));

    assertInstanceOf(Outcome.KeyReused.class, refused.outcome());
  }

  @Test
  void countsForTheCapsOfWhoAsksUntilItGoesBack() {
    cap("key_1", Cap.Period.DAY, 300);
    hold("hold_1", 200, Duration.ofDays(7));

    assertEquals(
        new Settled.Declined<Hold>(Decline.CAP_REACHED, 1),
        money.credits.hold(SOMEBODY, ACME, "hold_2", amount(101), later()));
    hold(Asked.by("key_2"), "hold_3", 300);
    money.credits.capture(SOMEBODY, ACME, "hold_1", 150);

    hold("hold_4", 150, Duration.ofDays(7));
    assertEquals(
        new Settled.Declined<Hold>(Decline.CAP_REACHED, 1),
        money.credits.hold(SOMEBODY, ACME, "hold_5", amount(1), later()));
  }

  @Test
  void whatWasHeldOnAnEarlierDayGivesNothingBackOnThisOne() {
    cap(CapSheet.TENANT, Cap.Period.DAY, 300);
    hold("hold_1", 300, Duration.ofDays(7));
    money.now = money.now.plus(Duration.ofDays(1));
    hold("hold_2", 300, Duration.ofDays(7));

    money.credits.voided(SOMEBODY, ACME, "hold_1");

    assertEquals(
        new Settled.Declined<Hold>(Decline.CAP_REACHED, 1),
        money.credits.hold(SOMEBODY, ACME, "hold_3", amount(1), later()));
  }

  private void hold(String id, long units, Duration time) {
    assertInstanceOf(
        Settled.Done.class,
        money.credits.hold(SOMEBODY, ACME, id, amount(units), money.now.plus(time).toEpochMilli()));
  }

  private void hold(Asked<Hold> asked, String id, long units) {
    assertInstanceOf(
        Settled.Done.class, money.credits.hold(asked, ACME, id, amount(units), later()));
  }

  private void cap(String of, Cap.Period period, long units) {
    var line = new CapSheet.Line(Asset.CPC, new Cap(period, units), Cap.Taken.NOTHING);
    money.caps.add(money.committer, Asked.by("owner"), ACME, new CapSheet(of, List.of(line)));
  }

  private long later() {
    return money.now.plus(Duration.ofHours(1)).toEpochMilli();
  }

  private static Amount amount(long units) {
    return new Amount(Asset.CPC, units);
  }

  private static Asked<Hold> keyed(String key, String answer) {
    UnaryOperator<Write> once = body(key, key, answer);
    return new Asked<>("key_1", (write, made) -> once.apply(write), once);
  }

  private static UnaryOperator<Write> body(String key, String body, String answer) {
    return write ->
        write.once(
            IdempotencyKey.of("POST /holds", key),
            Hash.ofBytes(body.getBytes(StandardCharsets.UTF_8)),
            answer.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertReplays(String answer, Settled<Hold> settled) {
    var unchanged = assertInstanceOf(Settled.Unchanged.class, settled);
    var replayed = assertInstanceOf(Outcome.Replayed.class, unchanged.outcome());
    assertEquals(answer, new String(replayed.answer(), StandardCharsets.UTF_8));
  }
}
