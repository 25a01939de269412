package io.mooring.platform.commit;

import static io.mooring.platform.commit.Bed.LEDGER;
import static io.mooring.platform.commit.Bed.MEMBER;
import static io.mooring.platform.commit.Bed.body;
import static io.mooring.platform.commit.Bed.key;
import static io.mooring.platform.commit.Bed.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call to a store × how it fails: the client repeats what it was not told the end of, the
 * ledger is checked whole after each step, and a process that saw nothing of it goes on.
 */
class FaultTableTest {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String LARGE = "\"" + "x".repeat(9_000) + "\"";

  /** Enough repetitions for one fault to be over. */
  private static final int TRIES_MAX = 4;

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void noCallThatFailsOnceLosesOrDoublesAnything(OneFaultStore.Fault fault) {
    int call = 0;
    while (happens(call, fault)) {
      call++;
    }
    assertTrue(call > 10, "only " + call + " calls were made");
  }

  private static boolean happens(int call, OneFaultStore.Fault fault) {
    Bed bed = new Bed();
    OneFaultStore faulty = new OneFaultStore(bed.store, bed.blobs, call, fault);
    List<Write> writes = new ArrayList<>();
    writes.add(write("small").once(key("one"), body("one"), "answer".getBytes()));
    writes.add(write(LARGE).once(key("two"), body("two")));
    writes.add(
        write("member")
            .effect(Effect.create(MEMBER, "m".getBytes()))
            .once(key("three"), body("three")));

    writes.add(
        Write.to(LEDGER)
            .entry(NewEntry.of("note", "", new Content.Erasable("text/plain", "s".getBytes())))
            .once(key("four"), body("four")));

    GroupCommitter process = bed.committer(faulty, faulty, faulty);
    long entries = 0;
    for (Write write : writes) {
      Receipt receipt = untilAcknowledged(process, write);
      assertEquals(entries++, receipt.firstIndex());
      assertEquals(entries, bed.checked().entries());
      // A process that starts cold in the middle of it sees the same.
      assertEquals(
          receipt.firstIndex(),
          untilAcknowledged(bed.committer(faulty, faulty, faulty), write).firstIndex());
    }
    assertEquals("m", new String(bed.store.get(MEMBER).body()));
    Bed.won(bed.committer().commit(write("goes on")));
    assertEquals(entries + 1, bed.checked().entries());
    return faulty.happened();
  }

  private static Receipt untilAcknowledged(GroupCommitter process, Write write) {
    Outcome outcome = process.commit(write, PATIENCE);
    for (int tries = 1; tries < TRIES_MAX; tries++) {
      switch (outcome) {
        case Outcome.Won(Receipt receipt) -> {
          return receipt;
        }
        case Outcome.Replayed replayed -> {
          return replayed.receipt();
        }
        case Outcome.Busy busy -> outcome = process.commit(write, PATIENCE);
        case Outcome.Pending pending -> outcome = process.commit(write, PATIENCE);
        default -> throw new AssertionError(outcome.toString());
      }
    }
    throw new AssertionError("after " + TRIES_MAX + " tries: " + outcome);
  }

  @Test
  void aThrottleThatLastsIsBackpressureAndThenRecovers() {
    Bed bed = new Bed();
    ThrottledStore throttled = new ThrottledStore(bed.store);
    GroupCommitter process = bed.committer(throttled, bed.blobs, bed.store);
    Bed.won(process.commit(write("before")));

    throttled.throttle(true);
    Outcome outcome = process.commit(write("during"), Duration.ofMillis(300));
    assertTrue(outcome instanceof Outcome.Busy, outcome.toString());
    assertTrue(((Outcome.Busy) outcome).retryAfter().isPositive());
    assertEquals(1, bed.checked().entries());

    throttled.throttle(false);
    Bed.won(process.commit(write("after")));
    assertEquals(2, bed.checked().entries());
  }
}
