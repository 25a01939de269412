package io.mooring.platform.commit.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** The store takes nothing for sixty seconds of a virtual clock, and then everything again. */
class ThrottledMinuteTest {
  private static final LedgerId LEDGER = new LedgerId(new TenantId("ten_sim1"), "led_sim1");
  private static final int CLIENTS = 20;
  private static final int WRITES = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final World world = new World(new Random(13));
  private final Process process = new Process(world, 0);
  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryBlobs blobs = new InMemoryBlobs();
  private final long from = world.now() + 1_000;
  private final long to = from + 60_000;
  private final List<Long> acknowledged = new ArrayList<>();
  private final List<Duration> refused = new ArrayList<>();

  @Test
  void aMinuteOfThrottlingIsBackpressureAndNothingIsLost() {
    CommitStore throttled = new TimedStore(store, proposal -> throttle());
    GroupCommitter committer =
        GroupCommitter.racing(
            Stores.of(throttled, blobs, store), Rules.standard(), process, new Random(13));
    for (int client = 0; client < CLIENTS; client++) {
      String name = "client-" + client;
      process.run(() -> live(committer, name));
    }

    world.run();

    LedgerCheck.Report report = new LedgerCheck(store, blobs).check(LEDGER, store);
    assertEquals(List.of(), report.damage());
    assertEquals(CLIENTS * WRITES, report.entries());
    assertEquals(CLIENTS * WRITES, acknowledged.size());
    assertTrue(acknowledged.getFirst() < from, "nothing was acknowledged before");
    assertEquals(0, acknowledged.stream().filter(at -> at > from + 100 && at < to).count());
    assertTrue(refused.size() > CLIENTS, refused.size() + " refusals");
    assertTrue(refused.stream().allMatch(Duration::isPositive), "each says when to come back");
    assertTrue(acknowledged.getLast() < to + 10_000, "it was well again after ten seconds");
  }

  private Optional<CommitStore.Put> throttle() {
    world.sleep(5);
    return world.now() >= from && world.now() < to
        ? Optional.of(new CommitStore.Put.Throttled(new RuntimeException("throttled")))
        : Optional.empty();
  }

  private void live(GroupCommitter committer, String name) {
    for (int i = 0; i < WRITES; i++) {
      Write write =
          Write.to(LEDGER)
              .entry(NewEntry.of("wish", name, Content.json("" + i)))
              .once(IdempotencyKey.of("POST /entries", name + "-" + i), Hash.ofNothing());
      while (!isAcknowledged(committer.commit(write, PATIENCE))) {
        world.sleep(refused.getLast().toMillis());
      }
      acknowledged.add(world.now());
      world.sleep(100);
    }
  }

  private boolean isAcknowledged(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Won won -> true;
      case Outcome.Replayed replayed -> true;
      case Outcome.Busy busy -> {
        refused.add(busy.retryAfter());
        yield false;
      }
      default -> throw new AssertionError(outcome.toString());
    };
  }
}
