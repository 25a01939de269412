package io.mooring.platform.commit.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.LedgerCheck;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A process that stops just before its put, for ten minutes, while another one goes on. */
class LateWriterTest {
  private static final LedgerId LEDGER = new LedgerId(new TenantId("ten_sim1"), "led_sim1");
  private static final long PAUSE_MILLIS = Duration.ofMinutes(10).toMillis();

  private final Random random = new Random(4);
  private final World world = new World(random);
  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryBlobs blobs = new InMemoryBlobs();
  private boolean paused;

  @Test
  void whoWasPausedLosesItsPutAndSignsNothingForIt() {
    GroupCommitter late = committer(new TimedStore(store, proposal -> pauseOnce()));
    GroupCommitter other = committer(store);
    List<Outcome> lates = new ArrayList<>();
    List<Outcome> others = new ArrayList<>();
    List<String> signed = new ArrayList<>();
    Process outside = new Process(world, 0);
    outside.run(
        () -> {
          lates.add(late.commit(write("late")));
          world.sleep(PAUSE_MILLIS);
          lates.add(late.commit(write("late")));

          ((Outcome.Won) lates.getLast()).receipt().signed(head -> sign(signed, head.size()));
        });
    outside.run(
        () -> {
          world.sleep(1_000);
          for (int i = 0; i < 3; i++) {
            others.add(other.commit(write("other-" + i)));
            ((Outcome.Won) others.getLast()).receipt().signed(head -> sign(signed, head.size()));
          }
        });

    world.run();

    assertInstanceOf(Outcome.Pending.class, lates.getFirst());
    assertEquals(3, assertInstanceOf(Outcome.Won.class, lates.getLast()).receipt().firstIndex());
    assertEquals(List.of("1", "2", "3", "4"), signed, "one head for each size, never two");
    LedgerCheck.Report report = new LedgerCheck(store, blobs).check(LEDGER, store);
    assertEquals(List.of(), report.damage());
    assertEquals(4, report.entries());
  }

  private Optional<CommitStore.Put> pauseOnce() {
    if (!paused) {
      paused = true;
      world.sleep(PAUSE_MILLIS);
    }
    return Optional.empty();
  }

  private static String sign(List<String> signed, long size) {
    signed.add(Long.toString(size));
    return signed.getLast();
  }

  private GroupCommitter committer(CommitStore commits) {
    return GroupCommitter.racing(
        Stores.of(commits, blobs, store), Rules.standard(), new Process(world, 0), random);
  }

  private static Write write(String name) {
    return Write.to(LEDGER)
        .entry(NewEntry.of("wish", name, Content.json("1")))
        .once(IdempotencyKey.of("POST /entries", name), Hash.ofNothing());
  }
}
