package io.mooring.platform.commit;

import static io.mooring.platform.commit.Bed.LEDGER;
import static io.mooring.platform.commit.Bed.MEMBER;
import static io.mooring.platform.commit.Bed.body;
import static io.mooring.platform.commit.Bed.key;
import static io.mooring.platform.commit.Bed.won;
import static io.mooring.platform.commit.Bed.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.table.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupCommitterTest {
  private static final int LARGE = 20_000;

  private final Bed bed = new Bed();

  @Test
  void aReceiptProvesEveryEntryOfItsWrite() {
    GroupCommitter committer = bed.committer();
    won(committer.commit(write("\"before\"")));
    Receipt receipt = won(committer.commit(write("1", "2", "3")));

    assertEquals(1, receipt.firstIndex());
    assertEquals(2, receipt.commit());
    assertEquals(4, receipt.head().size());
    for (int i = 0; i < 3; i++) {
      assertTrue(receipt.proof(i).check(receipt.leaves().get(i), receipt.head()).verified());
      assertEquals(1 + i, receipt.proof(i).index());
    }
    assertThrows(IllegalArgumentException.class, () -> receipt.proof(3));
    bed.checked();
  }

  @Test
  void writesThatComeTogetherShareACommitAndOneSignature() throws Exception {
    GroupCommitter committer = bed.committer();
    AtomicInteger signatures = new AtomicInteger();
    List<Outcome> outcomes =
        together(
            400,
            i -> {
              Outcome outcome = committer.commit(write("{\"n\":" + i + "}"));
              won(outcome).signed(head -> "signature " + signatures.incrementAndGet());
              return outcome;
            });
    long commits = bed.checked().commits();
    assertEquals(400, bed.checked().entries());
    assertEquals(400, outcomes.stream().map(o -> won(o).firstIndex()).distinct().count());
    assertEquals(commits, signatures.get());
    assertTrue(commits < 200, commits + " commits for 400 writes");
  }

  @Test
  void theSameRequestGetsTheFirstReceiptAndTheFirstAnswer() {
    Write once = write("1").once(key("k"), body("b"), "secret".getBytes());
    Receipt first = won(bed.committer().commit(once));

    for (GroupCommitter process : List.of(bed.committer(), bed.committer())) {
      Outcome.Replayed again =
          assertInstanceOf(
              Outcome.Replayed.class,
              process.commit(write("1").once(key("k"), body("b"), "other".getBytes())));
      assertArrayEquals("secret".getBytes(), again.answer());
      assertEquals(first.firstIndex(), again.receipt().firstIndex());
      assertEquals(first.head(), again.receipt().head());
      assertEquals(first.proof(0), again.receipt().proof(0));
    }
    assertEquals(1, bed.checked().entries());
  }

  @Test
  void theSameKeyWithAnotherBodyIsRefusedAndWritesNothing() {
    GroupCommitter committer = bed.committer();
    won(committer.commit(write("1").once(key("k"), body("b"))));
    assertInstanceOf(
        Outcome.KeyReused.class, committer.commit(write("2").once(key("k"), body("c"))));
    assertInstanceOf(
        Outcome.KeyReused.class, bed.committer().commit(write("2").once(key("k"), body("c"))));
    assertEquals(1, bed.checked().entries());
  }

  @Test
  void ofTwoEqualRequestsAtOnceOneIsToldThatTheOtherIsRunning() throws Exception {
    GroupCommitter committer = bed.committer();
    List<Outcome> outcomes =
        together(32, i -> committer.commit(write("1").once(key("k"), body("b"))));
    assertEquals(1, outcomes.stream().filter(Outcome.Won.class::isInstance).count());
    assertTrue(
        outcomes.stream()
            .allMatch(
                outcome ->
                    outcome instanceof Outcome.Won
                        || outcome instanceof Outcome.InFlight
                        || outcome instanceof Outcome.Replayed));
    assertEquals(1, bed.checked().entries());
  }

  @Test
  void aRepetitionIsKnownForThirtyDaysByProcessesThatSawNothing() throws Exception {
    won(bed.committer().commit(write("1").once(key("k"), body("b"))));
    won(bed.committer().commit(write("2")));
    for (Duration later : List.of(Duration.ofMinutes(11), Duration.ofHours(25))) {
      bed.jump(later.toMillis());
      won(bed.committer().commit(write("later")));
      assertInstanceOf(
          Outcome.Replayed.class, bed.committer().commit(write("1").once(key("k"), body("b"))));
    }
    bed.jump(Duration.ofDays(30).toMillis());
    won(bed.committer().commit(write("1").once(key("k"), body("b"))));
    assertEquals(5, bed.checked().entries());
  }

  @Test
  void anEffectStandsInTheTableWithTheNumberOfItsCommit() {
    GroupCommitter committer = bed.committer();
    won(committer.commit(write("1")));
    Item absent = bed.store.get(MEMBER);
    Receipt receipt =
        won(committer.commit(write("added").effect(Effect.put(absent, "m".getBytes()))));
    assertEquals(new Item(MEMBER, receipt.commit(), "m".getBytes()), bed.store.get(MEMBER));
    bed.checked();
  }

  @Test
  void aRefusedEffectTakesOnlyItsOwnWriteOutOfTheGroup() throws Exception {
    GroupCommitter committer = bed.committer();
    won(committer.commit(write("there").effect(Effect.create(MEMBER, "m".getBytes()))));
    List<Outcome> outcomes =
        together(
            60,
            i ->
                committer.commit(
                    i % 3 == 0
                        ? write("clash " + i).effect(Effect.create(MEMBER, "again".getBytes()))
                        : write("plain " + i)));
    for (int i = 0; i < outcomes.size(); i++) {
      if (i % 3 == 0) {
        Outcome.EffectRefused refused =
            assertInstanceOf(Outcome.EffectRefused.class, outcomes.get(i));
        assertEquals(new Item(MEMBER, 1, "m".getBytes()), refused.now());
      } else {
        won(outcomes.get(i));
      }
    }
    assertEquals(41, bed.checked().entries());
  }

  @Test
  void writesToOneItemFollowEachOtherAndOnlyOneOfAVersionWins() throws Exception {
    GroupCommitter committer = bed.committer();
    Item absent = bed.store.get(MEMBER);
    List<Outcome> outcomes =
        together(
            16, i -> committer.commit(write("put").effect(Effect.put(absent, new byte[] {1}))));
    assertEquals(1, outcomes.stream().filter(Outcome.Won.class::isInstance).count());
    assertEquals(1, bed.checked().entries());
  }

  @Test
  void theSameCheckDoesNotKeepWritesApart() throws Exception {
    GroupCommitter committer = bed.committer();
    won(committer.commit(write("there").effect(Effect.create(MEMBER, "m".getBytes()))));
    Effect present = new Effect.Check(MEMBER, new Condition.Present());
    together(200, i -> won(committer.commit(write("checked").effect(present))));
    assertTrue(bed.checked().commits() < 100);
  }

  @Test
  void aClosedLedgerTakesNoMoreButStillKnowsWhatItTook() {
    GroupCommitter committer = bed.committer();
    Write last = write("last").once(key("k"), body("b")).andClose();
    won(committer.commit(last));
    for (GroupCommitter process : List.of(committer, bed.committer())) {
      assertInstanceOf(Outcome.LedgerClosed.class, process.commit(write("more")));
      assertInstanceOf(Outcome.Replayed.class, process.commit(last));
    }
    assertEquals(1, bed.checked().entries());
  }

  @Test
  void aLargeBodyIsASegmentThatTheRecordNames() {
    Receipt receipt = won(bed.committer().commit(write("\"" + "x".repeat(LARGE) + "\"")));
    Commit commit = bed.store.read(LEDGER, receipt.commit()).orElseThrow().commit();
    Carriage.Segment segment = assertInstanceOf(Carriage.Segment.class, commit.carriage());
    assertTrue(segment.length() > LARGE);
    assertTrue(segment.manifest().length > 0);
    bed.checked();
  }

  @Test
  void tenThousandEntriesAreOneCommit() {
    List<NewEntry> entries =
        IntStream.range(0, Write.ENTRIES_MAX)
            .mapToObj(i -> NewEntry.of("note", "", Content.json(Integer.toString(i))))
            .toList();
    Receipt receipt = won(bed.committer().commit(Write.to(LEDGER).entries(entries)));
    assertEquals(Write.ENTRIES_MAX, receipt.head().size());
    assertTrue(receipt.proof(9_999).check(receipt.leaves().get(9_999), receipt.head()).verified());
    assertEquals(1, bed.checked().commits());
    assertThrows(
        IllegalArgumentException.class,
        () -> Write.to(LEDGER).entries(entries).entry(entries.getFirst()));
  }

  @Test
  void sixtyFourProcessesThatRaceAllGetInWithoutAGap() throws Exception {
    List<Outcome> outcomes =
        together(64, i -> bed.committer().commit(write("racer " + i), Duration.ofSeconds(30)));
    outcomes.forEach(Bed::won);
    LedgerCheck.Report report = bed.checked();
    assertEquals(64, report.entries());
    assertEquals(64, report.attempts().size());
  }

  @Test
  void commitTimeGrowsEvenWhenTheClockGoesBack() {
    Receipt first = won(bed.committer().commit(write("1")));
    bed.jump(-2_000);
    Receipt second = won(bed.committer().commit(write("2")));
    assertEquals(first.timeMillis() + 1, second.timeMillis());
  }

  @Test
  void aClockFarBehindTheLedgerWritesNothing() {
    won(bed.committer().commit(write("1")));
    bed.jump(-Duration.ofHours(1).toMillis());
    assertInstanceOf(Outcome.Busy.class, bed.committer().commit(write("2")));
    assertEquals(1, bed.checked().entries());
  }

  @Test
  void aClockThatJumpsAheadWhileTheProcessRunsWritesNothing() {
    GroupCommitter committer = bed.committer();
    won(committer.commit(write("1")));
    bed.jump(Duration.ofHours(1).toMillis());
    assertInstanceOf(Outcome.Busy.class, committer.commit(write("2")));
    bed.jump(-Duration.ofHours(1).toMillis());
    won(committer.commit(write("3")));
    assertEquals(2, bed.checked().entries());
  }

  @Test
  void anAttemptIsFoundByItsIdAboveTheCommitThatWasKnown() {
    GroupCommitter committer = bed.committer();
    IntStream.range(0, 5).forEach(i -> won(committer.commit(write("before"))));
    Receipt receipt = won(committer.commit(write("this")));
    AttemptId attempt =
        new Commits(bed.store, bed.blobs)
            .landed(LEDGER, receipt.commit())
            .manifest()
            .attempts()
            .getFirst()
            .id();
    assertEquals(
        receipt.firstIndex(), committer.find(LEDGER, attempt, 2).orElseThrow().firstIndex());
    assertTrue(committer.find(LEDGER, attempt, receipt.commit()).isEmpty());
  }

  @Test
  void theCommitThatHoldsAnEntryIsFound() {
    GroupCommitter committer = bed.committer();
    IntStream.range(0, 40).forEach(i -> won(committer.commit(write("1".repeat(1 + i).split("")))));
    Commits commits = new Commits(bed.store, bed.blobs);
    long end = commits.tip(LEDGER).orElseThrow().end();
    for (long index = 0; index < end; index++) {
      Commit holding = commits.holding(LEDGER, index).orElseThrow();
      assertTrue(holding.start() <= index && index < holding.end());
    }
    assertTrue(commits.holding(LEDGER, end).isEmpty());
    assertTrue(commits.holding(LEDGER, -1).isEmpty());
  }

  @Test
  void aWriteWithoutAnEntryIsNone() {
    assertThrows(IllegalArgumentException.class, () -> bed.committer().commit(Write.to(LEDGER)));
  }

  /** A pool that starts a thread for each task made this forty times slower once. */
  @Test
  void aThousandWritersOnOneCarrierAreServedInAMoment() throws Exception {
    GroupCommitter committer = bed.committer();
    long began = System.nanoTime();
    together(1_000, i -> won(committer.commit(write("writer " + i))));
    assertTrue(System.nanoTime() - began < Duration.ofSeconds(20).toNanos());
    assertEquals(1_000, bed.checked().entries());
  }

  private interface Act<T> {
    T of(int number) throws Exception;
  }

  private static <T> List<T> together(int count, Act<T> act) throws Exception {
    List<Callable<T>> acts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      acts.add(() -> act.of(number));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(acts)) {
        results.add(result.get());
      }
      return results;
    }
  }
}
