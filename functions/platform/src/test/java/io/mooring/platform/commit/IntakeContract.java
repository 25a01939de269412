package io.mooring.platform.commit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.commit.Intake.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every intake must do. Each adapter runs these tests by extending this class. */
public abstract class IntakeContract {
  /** How long a message of these intakes is hidden after it was delivered. */
  protected static final long HIDDEN_MILLIS = 1_000;

  private static final long WAIT_MILLIS = 1_000;

  /** An intake that nobody has sent to. */
  protected abstract Intake fresh();

  /** Why messages of the last fresh intake were put aside. */
  protected abstract List<String> parkedReasons();

  @Test
  void deliversTheVeryBytes() {
    Intake intake = fresh();
    byte[] message = new byte[Intake.MESSAGE_BYTES_MAX];
    new Random(1).nextBytes(message);
    intake.send(Bed.LEDGER, message);
    Delivery delivery = intake.receive(10, WAIT_MILLIS).getFirst();
    assertArrayEquals(message, delivery.message());
    assertEquals(1, delivery.times());
  }

  @Test
  void refusesALongerMessage() {
    Intake intake = fresh();
    byte[] message = new byte[Intake.MESSAGE_BYTES_MAX + 1];
    assertThrows(IllegalArgumentException.class, () -> intake.send(Bed.LEDGER, message));
    assertTrue(intake.receive(10, 0).isEmpty());
  }

  @Test
  void deliversManyAtOnceAndNeverMoreThanAsked() {
    Intake intake = fresh();
    for (int i = 0; i < 64; i++) {
      intake.send(Bed.LEDGER, ("message " + i).getBytes());
    }
    assertEquals(25, intake.receive(25, WAIT_MILLIS).size());
    assertEquals(39, intake.receive(1_000, WAIT_MILLIS).size());
  }

  @Test
  void isEmptyAfterTheWait() {
    assertTrue(fresh().receive(10, 50).isEmpty());
  }

  @Test
  void whatNobodyFinishedComesBackAndSaysHowOften() throws InterruptedException {
    Intake intake = fresh();
    intake.send(Bed.LEDGER, "one".getBytes());
    assertEquals(1, intake.receive(10, WAIT_MILLIS).size());
    assertTrue(intake.receive(10, 0).isEmpty());
    Thread.sleep(HIDDEN_MILLIS);
    assertEquals(2, intake.receive(10, 3 * WAIT_MILLIS).getFirst().times());
  }

  @Test
  void whatIsDoneNeverComesBack() throws InterruptedException {
    Intake intake = fresh();
    for (int i = 0; i < 25; i++) {
      intake.send(Bed.LEDGER, ("message " + i).getBytes());
    }
    List<Delivery> deliveries = new ArrayList<>(intake.receive(25, WAIT_MILLIS));
    Delivery kept = deliveries.removeLast();
    intake.done(deliveries);
    intake.done(List.of());
    Thread.sleep(HIDDEN_MILLIS);
    Set<String> back =
        intake.receive(1_000, 3 * WAIT_MILLIS).stream()
            .map(delivery -> new String(delivery.message()))
            .collect(Collectors.toSet());
    assertEquals(Set.of(new String(kept.message())), back);
  }

  @Test
  void whatIsParkedIsKeptWithTheReasonAndNeverComesBack() throws InterruptedException {
    Intake intake = fresh();
    intake.send(Bed.LEDGER, "poison".getBytes());
    intake.park(intake.receive(10, WAIT_MILLIS).getFirst(), "cannot be read");
    Thread.sleep(HIDDEN_MILLIS);
    assertTrue(intake.receive(10, 0).isEmpty());
    assertEquals(List.of("cannot be read"), parkedReasons());
  }
}
