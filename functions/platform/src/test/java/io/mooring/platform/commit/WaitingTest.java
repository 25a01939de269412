package io.mooring.platform.commit;

import static io.mooring.platform.commit.Bed.ACME;
import static io.mooring.platform.commit.Bed.LEDGER;
import static io.mooring.platform.commit.Bed.body;
import static io.mooring.platform.commit.Bed.key;
import static io.mooring.platform.commit.Bed.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.table.Key;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private final Pace pace = new Bed().pace();
  private final Waiting waiting = new Waiting();

  @Test
  void aGroupHasAtMostTenThousandEntries() {
    for (int i = 0; i < 3; i++) {
      add(write(Collections.nCopies(4_000, "1").toArray(String[]::new)));
    }
    assertEquals(2, waiting.take().size());
    assertEquals(1, waiting.take().size());
    assertTrue(waiting.take().isEmpty());
  }

  @Test
  void aGroupHasAtMostFourMegabytesButAlwaysOneWrite() {
    String large = "\"" + "x".repeat(3_000_000) + "\"";
    add(write(large));
    add(write(large));
    add(write("\"" + "y".repeat((int) Write.BYTES_MAX - 2) + "\""));
    assertEquals(1, waiting.take().size());
    assertEquals(1, waiting.take().size());
    assertEquals(1, waiting.take().size());
  }

  @Test
  void aGroupHasAtMostAsManyEffectsAsATransactionTakes() {
    for (int write = 0; write < 5; write++) {
      int first = write * 30;
      List<Effect> effects =
          IntStream.range(first, first + 30)
              .mapToObj(i -> Effect.create(Key.of(ACME, "MEMBER", "usr_" + i), new byte[1]))
              .toList();
      add(write("1").effects(effects));
    }
    assertEquals(3, waiting.take().size());
    assertEquals(2, waiting.take().size());
  }

  @Test
  void twoEffectsOnAnItemAreNeverInOneGroupAndKeepTheirOrder() {
    Ticket first = add(write("1").effect(Effect.create(Bed.MEMBER, new byte[] {1})));
    Ticket second = add(write("2").effect(Effect.create(Bed.MEMBER, new byte[] {2})));
    Ticket third = add(write("3"));
    assertEquals(List.of(first), waiting.take());
    assertEquals(List.of(second, third), waiting.take());
  }

  @Test
  void nothingFollowsAClosingWriteInItsGroup() {
    add(write("1"));
    add(write("2").andClose());
    add(write("3"));
    assertEquals(2, waiting.take().size());
    assertEquals(1, waiting.take().size());
  }

  @Test
  void turnsAwayWhatIsTooMuchToHold() {
    String large = "\"" + "x".repeat((int) Write.BYTES_MAX - 2) + "\"";
    Ticket ticket = ticket(write(large));
    long fit = Waiting.QUEUE_BYTES_MAX / ticket.write().weight();
    for (int i = 0; i < fit; i++) {
      assertTrue(waiting.add(ticket(ticket)).isEmpty());
    }
    Outcome.Busy busy =
        assertInstanceOf(Outcome.Busy.class, waiting.add(ticket(ticket)).orElseThrow());
    assertTrue(busy.retryAfter().isPositive());
  }

  @Test
  void aKeyInFlightIsRefusedUntilItsTicketIsReleasedOrWithdrawn() {
    Write once = write("1").once(key("k"), body("b"));
    Ticket first = add(once);
    assertInstanceOf(Outcome.InFlight.class, waiting.add(ticket(once)).orElseThrow());
    assertInstanceOf(
        Outcome.KeyReused.class,
        waiting.add(ticket(write("2").once(key("k"), body("c")))).orElseThrow());
    assertTrue(waiting.withdraw(first));
    Ticket second = add(once);
    assertEquals(List.of(second), waiting.take());
    assertFalse(waiting.withdraw(second));
    assertInstanceOf(Outcome.InFlight.class, waiting.add(ticket(once)).orElseThrow());
    waiting.release(second);
    add(once);
  }

  @Test
  void oneTurnRunsAtATimeAndStopsOnlyWhenNothingWaits() {
    assertTrue(waiting.startsTurning());
    assertFalse(waiting.startsTurning());
    add(write("1"));
    assertFalse(waiting.stopsTurning());
    waiting.take();
    assertTrue(waiting.stopsTurning());
    assertTrue(waiting.startsTurning());
  }

  private Ticket add(Write write) {
    Ticket ticket = ticket(write);
    assertTrue(waiting.add(ticket).isEmpty());
    return ticket;
  }

  private Ticket ticket(Write write) {
    assertEquals(LEDGER, write.ledger());
    return new Ticket(
        Prepared.of(write, new Random(), 0), Ticket.NEVER_SENT, Long.MAX_VALUE, false, pace.gate());
  }

  /** Another attempt with the same contents, without preparing them again. */
  private Ticket ticket(Ticket same) {
    Prepared prepared = same.write();
    Attempt attempt = new Attempt(AttemptId.random(new Random()), 1, prepared.attempt().key());
    return new Ticket(
        Prepared.of(
            LEDGER,
            attempt,
            prepared.entries(),
            List.of(),
            false,
            new Basis.Any(),
            List.of(),
            0,
            1),
        Ticket.NEVER_SENT,
        Long.MAX_VALUE,
        false,
        pace.gate());
  }
}
