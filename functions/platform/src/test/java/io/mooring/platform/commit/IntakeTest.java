package io.mooring.platform.commit;

import static io.mooring.platform.commit.Bed.LEDGER;
import static io.mooring.platform.commit.Bed.body;
import static io.mooring.platform.commit.Bed.key;
import static io.mooring.platform.commit.Bed.won;
import static io.mooring.platform.commit.Bed.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.Intake.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private final Bed bed = new Bed();
  private final Pace pace = bed.pace();
  private final InMemoryIntake intake = new InMemoryIntake(pace);
  private final Stores stores = Stores.of(bed.store, bed.blobs, bed.store);

  @Test
  void manyProcessesGetTheirReceiptsThroughOneWorker() throws Exception {
    AtomicBoolean goOn = new AtomicBoolean(true);
    IntakeWorker worker = worker();
    List<Future<Outcome>> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(() -> worker.workWhile(goOn::get, pace));
      new Contention(LEDGER, bed.store, pace).note();
      for (int i = 0; i < 64; i++) {
        String name = "writer " + i;
        outcomes.add(threads.submit(() -> process().commit(write(name), Duration.ofSeconds(30))));
      }
      for (Future<Outcome> outcome : outcomes) {
        Receipt receipt = won(outcome.get());
        assertTrue(receipt.proof(0).check(receipt.leaves().getFirst(), receipt.head()).verified());
      }
      goOn.set(false);
    }
    assertEquals(64, bed.checked().entries());
    assertTrue(bed.checked().commits() < 40, bed.checked().commits() + " commits");
  }

  @Test
  void aMessageThatComesTwiceOrLateIsOneEntry() {
    send(prepared("one"), 0);
    send(prepared("two"), 0);
    List<Delivery> deliveries = intake.receive(10, 0);
    List<Delivery> twice = new ArrayList<>(deliveries.reversed());
    twice.addAll(deliveries);

    worker().work(twice);
    assertEquals(2, bed.checked().entries());
    worker().work(deliveries);
    for (int i = 0; i < 30; i++) {
      won(bed.committer().commit(write("between " + i)));
    }
    worker().work(deliveries);
    assertEquals(32, bed.checked().entries());
    assertEquals(0, intake.size());
  }

  @Test
  void aMessageWhoseWorkerDiedBeforeSayingDoneIsOneEntry() {
    send(prepared("one"), 0);
    List<Delivery> deliveries = intake.receive(10, 0);
    IntakeWorker diesBeforeDone =
        new IntakeWorker(
            new UndoneIntake(intake),
            bed.blobs,
            GroupCommitter.racing(stores, Rules.worker(), pace, new Random()));
    diesBeforeDone.work(deliveries);
    assertEquals(1, intake.size());

    worker().work(deliveries);
    assertEquals(1, bed.checked().entries());
    assertEquals(0, intake.size());
  }

  @Test
  void aPoisonMessageIsPutAsideAndTheRestIsCommitted() {
    send(prepared("one"), 0);
    intake.send(LEDGER, "poison".getBytes());
    send(prepared("two"), 0);
    assertEquals(3, worker().work(0));
    assertEquals(2, bed.checked().entries());
    assertEquals(0, intake.size());
    assertEquals(1, intake.parkedReasons().size());
    assertTrue(intake.parkedReasons().getFirst().startsWith("cannot be read"));
  }

  @Test
  void aMessageThatFailsTooOftenIsPutAside() {
    send(prepared("one"), 0);
    ThrottledStore throttled = new ThrottledStore(bed.store);
    throttled.throttle(true);
    Delivery last =
        new Delivery("m0", intake.receive(1, 0).getFirst().message(), IntakeWorker.DELIVERIES_MAX);
    IntakeWorker worker =
        new IntakeWorker(
            intake,
            bed.blobs,
            GroupCommitter.racing(
                Stores.of(throttled, bed.blobs, bed.store),
                new Rules(2, 4, 2, 200, 20),
                pace,
                new Random()));
    worker.work(List.of(last));
    assertEquals(1, intake.parkedReasons().size());
    assertEquals(0, bed.checked().entries());
  }

  @Test
  void aLargeWriteTravelsAsABlob() {
    send(prepared("\"" + "x".repeat(300_000) + "\""), 0);
    List<Delivery> deliveries = intake.receive(1, 0);
    assertTrue(deliveries.getFirst().message().length < 1_000);
    worker().work(deliveries);
    assertEquals(1, bed.checked().entries());
  }

  @Test
  void aKeyThatSomebodyElseCommittedMeanwhileIsToldToTheOneWhoWaits() throws Exception {
    new Contention(LEDGER, bed.store, pace).note();
    won(bed.committer().commit(write("warm up")));
    GroupCommitter waiting = process();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Outcome> outcome =
          threads.submit(
              () -> waiting.commit(write("1").once(key("k"), body("b")), Duration.ofSeconds(20)));
      while (intake.size() == 0) {
        Thread.sleep(5);
      }
      won(bed.committer().commit(write("1").once(key("k"), body("b"))));
      assertInstanceOf(Outcome.Replayed.class, outcome.get());
    }
    worker().work(0);
    assertEquals(2, bed.checked().entries());
  }

  @Test
  void aKeyThatWasCommittedBeforeIsToldToTheOneWhoWaits() {
    Write once = write("1").once(key("k"), body("b"));
    won(bed.committer().commit(once));
    won(bed.committer().commit(write("later")));
    new Contention(LEDGER, bed.store, pace).note();
    assertInstanceOf(Outcome.Replayed.class, process().commit(once, Duration.ofSeconds(20)));
    assertInstanceOf(
        Outcome.KeyReused.class,
        process().commit(write("1").once(key("k"), body("c")), Duration.ofSeconds(20)));
    worker().work(0);
    assertEquals(2, bed.checked().entries());
  }

  @Test
  void whoWaitsForAClosedLedgerIsToldThatItIsClosed() {
    won(bed.committer().commit(write("last").andClose()));
    new Contention(LEDGER, bed.store, pace).note();
    assertInstanceOf(
        Outcome.LedgerClosed.class, process().commit(write("more"), Duration.ofSeconds(20)));
  }

  @Test
  void whatDoesNotShowUpInTimeIsPendingAndCanBeFoundLater() {
    new Contention(LEDGER, bed.store, pace).note();
    Outcome.Pending pending =
        assertInstanceOf(
            Outcome.Pending.class, process().commit(write("1"), Duration.ofMillis(200)));
    assertTrue(process().find(LEDGER, pending.attempt(), pending.after()).isEmpty());
    worker().work(0);
    assertEquals(
        0, process().find(LEDGER, pending.attempt(), pending.after()).orElseThrow().firstIndex());
  }

  private GroupCommitter process() {
    return GroupCommitter.withIntake(stores, Rules.standard(), pace, new Random(), intake);
  }

  private IntakeWorker worker() {
    return new IntakeWorker(
        intake, bed.blobs, GroupCommitter.racing(stores, Rules.worker(), pace, new Random()));
  }

  private static Prepared prepared(String payload) {
    return Prepared.of(write(payload), new Random(), System.currentTimeMillis());
  }

  private void send(Prepared prepared, long sentAfter) {
    new IntakeSender(intake, bed.blobs).send(prepared, sentAfter);
  }

  /** An intake that never hears that a message is done. */
  private record UndoneIntake(Intake intake) implements Intake {
    @Override
    public void send(LedgerId ledger, byte[] message) {
      intake.send(ledger, message);
    }

    @Override
    public List<Delivery> receive(int most, long waitMillis) {
      return intake.receive(most, waitMillis);
    }

    @Override
    public void done(List<Delivery> deliveries) {}

    @Override
    public void park(Delivery delivery, String reason) {
      intake.park(delivery, reason);
    }
  }
}
