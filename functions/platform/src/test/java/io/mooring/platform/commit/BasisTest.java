package io.mooring.platform.commit;

import static io.mooring.platform.commit.Bed.body;
import static io.mooring.platform.commit.Bed.key;
import static io.mooring.platform.commit.Bed.won;
import static io.mooring.platform.commit.Bed.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.mooring.ledger.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Writes that are to follow one head and no other. */
class BasisTest {
  private final Bed bed = new Bed();

  @Test
  void aWriteUponTheLastHeadIsTheNextOne() {
    GroupCommitter committer = bed.committer();
    Receipt first = won(committer.commit(write("1").upon(new Basis.Upon(Head.empty()))));
    Receipt second = won(bed.committer().commit(write("2").upon(new Basis.Upon(first.head()))));

    assertEquals(first.head().size(), second.firstIndex());
  }

  @Test
  void aWriteUponAnEarlierHeadIsToldTheLastAndNothingIsWritten() {
    GroupCommitter committer = bed.committer();
    Receipt first = won(committer.commit(write("1")));
    Receipt second = won(committer.commit(write("2")));

    Outcome outcome = committer.commit(write("3").upon(new Basis.Upon(first.head())));

    assertEquals(new Outcome.HeadMoved(second.head()), outcome);
    assertEquals(2, bed.checked().entries());
  }

  @Test
  void aWriteUponAHeadThatItsWriterHasReadIsTheNextOneThoughOthersHaveMovedTheLedgerToIt() {
    GroupCommitter committer = bed.committer();
    won(committer.commit(write("1")));
    GroupCommitter others = bed.committer();
    won(others.commit(write("2")));
    Receipt last = won(others.commit(write("3")));

    Receipt next = won(committer.commit(write("4").upon(new Basis.Upon(last.head()))));

    assertEquals(last.head().size(), next.firstIndex());
  }

  @Test
  void aSizeThatTheLedgerDoesNotHaveYetIsNoHeadOfIt() {
    Receipt first = won(bed.committer().commit(write("1")));
    Head beyond = new Head(first.head().size() + 7, first.head().root());

    assertEquals(
        new Outcome.HeadMoved(first.head()),
        bed.committer().commit(write("2").upon(new Basis.Upon(beyond))));
  }

  @Test
  void aRootThatTheLedgerNeverHadIsNoHeadOfIt() {
    Receipt first = won(bed.committer().commit(write("1")));
    Head forged = new Head(first.head().size(), body("forged"));

    assertInstanceOf(
        Outcome.HeadMoved.class, bed.committer().commit(write("2").upon(new Basis.Upon(forged))));
  }

  @Test
  void ofManyUponOneHeadInManyProcessesExactlyOneWinsAndEveryBasisWasTrue() throws Exception {
    Receipt before = won(bed.committer().commit(write("0")));
    List<GroupCommitter> processes = List.of(bed.committer(), bed.committer(), bed.committer());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> upon = new ArrayList<>();
      List<Future<Outcome>> free = new ArrayList<>();
      for (int i : IntStream.range(0, 48).toArray()) {
        GroupCommitter process = processes.get(i % processes.size());
        upon.add(
            threads.submit(
                () ->
                    process.commit(
                        write("{\"u\":" + i + "}").upon(new Basis.Upon(before.head())))));
        if (i % 4 == 0) {
          free.add(threads.submit(() -> process.commit(write("{\"f\":" + i + "}"))));
        }
      }
      long winners = 0;
      for (Future<Outcome> each : upon) {
        if (each.get() instanceof Outcome.Won(Receipt receipt)) {
          assertEquals(before.head().size(), receipt.firstIndex());
          winners++;
        }
      }
      for (Future<Outcome> each : free) {
        won(each.get());
      }
      assertEquals(1 + winners + free.size(), bed.checked().entries());
      assertEquals(true, winners <= 1, "winners: " + winners);
    }
  }

  @Test
  void aRepetitionIsAnsweredThoughTheHeadHasMovedByIt() {
    Write write = write("1").upon(new Basis.Upon(Head.empty())).once(key("k"), body("b"));
    Receipt first = won(bed.committer().commit(write));

    Outcome again = bed.committer().commit(write);

    assertEquals(
        first.firstIndex(), assertInstanceOf(Outcome.Replayed.class, again).receipt().firstIndex());
  }
}
