package io.mooring.platform.commit;

import static io.mooring.platform.commit.Bed.LEDGER;
import static io.mooring.platform.commit.Bed.body;
import static io.mooring.platform.commit.Bed.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.Asset;
import io.mooring.billing.Meter;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.dynamodb.DynamoDbCommitStore;
import io.mooring.platform.table.dynamodb.DynamoDbTable;
import io.mooring.platform.testing.EmbeddedDynamoDb;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * An upgrade under load between the two versions of commit records that there are: a process that
 * knows the first one only, one that reads both and does not begin with the second, and one that
 * writes the second, all on one ledger in DynamoDB Local.
 */
class UpgradeTest {
  private static final int WRITERS = 4;
  private static final int WRITES_OF_EACH = 30;
  private static final int WRITES = WRITERS * WRITES_OF_EACH;
  private static final int TRIES_MAX = 500;

  private final String name = EmbeddedDynamoDb.newTable();
  private final CommitStore store = new DynamoDbCommitStore(EmbeddedDynamoDb.client(), name);
  private final DynamoDbTable table =
      new DynamoDbTable(EmbeddedDynamoDb.client(), name, new Random(1));
  private final InMemoryBlobs blobs = new InMemoryBlobs();
  private final PurseInMemory purse = new PurseInMemory().with(Asset.CPC, 1_000_000);

  private final Version old = new Version(committer(new FirstVersion(store)), false);
  private final Version readsBoth = new Version(committer(store), false);
  private final Version next = new Version(committer(store).metered(purse), true);

  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicLong charged = new AtomicLong();

  /** A deployment: what commits there, and whether it writes what is charged. */
  private record Version(GroupCommitter committer, boolean charges) {}

  /** Two deployments, as docs/operating/upgrades.md has it, with both versions side by side. */
  @Test
  void inTwoStepsNothingIsLostAndNothingIsDoubledAndNobodyIsRefused() throws Exception {
    writeAll(
        done -> {
          if (done < WRITES / 5) {
            return List.of(old);
          } else if (done < 2 * WRITES / 5) {
            return List.of(old, readsBoth);
          } else if (done < 3 * WRITES / 5) {
            // Those that were under way with the old one are still answered by it.
            return List.of(readsBoth);
          }
          return done < 4 * WRITES / 5 ? List.of(readsBoth, next) : List.of(next);
        });

    assertWhole();
    assertEquals(0, refused.get());
  }

  /** The step between left out: who does not know a record writes nothing over it. */
  @Test
  void inOneStepTheOldOneRefusesAndNothingIsLostOrDoubled() throws Exception {
    writeAll(done -> done < WRITES / 4 ? List.of(old) : List.of(old, next));

    assertWhole();
    assertTrue(refused.get() > 0, "the old version never met a record of the new one");
  }

  private void writeAll(IntFunction<List<Version>> serving) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int own = writer;
        writers.add(
            threads.submit(
                () -> {
                  Random random = new Random(own);
                  for (int i = 0; i < WRITES_OF_EACH; i++) {
                    untilAcknowledged(own + "-" + i, serving, random);
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
  }

  private void untilAcknowledged(String what, IntFunction<List<Version>> serving, Random random) {
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      List<Version> now = serving.apply(acknowledged.get());
      Version version = now.get(random.nextInt(now.size()));
      try {
        Outcome outcome = version.committer().commit(write(what, version.charges()));
        switch (outcome) {
          case Outcome.Won(Receipt receipt) -> {
            charged.addAndGet(receipt.charges().stream().mapToLong(c -> c.units()).sum());
            acknowledged.incrementAndGet();
            return;
          }
          case Outcome.Replayed replayed -> {
            acknowledged.incrementAndGet();
            return;
          }
          default -> throw new AssertionError(outcome.toString());
        }
      } catch (UnknownVersionException newer) {
        refused.incrementAndGet();
      }
    }
    throw new AssertionError("never acknowledged: " + what);
  }

  private static Write write(String what, boolean charged) {
    Write write = Bed.write("\"" + what + "\"").once(key(what), body(what));
    return charged ? write.uses(new Usage(Meter.ENTRIES, 1)) : write;
  }

  private void assertWhole() {
    LedgerCheck.Report report = new LedgerCheck(store, blobs).check(LEDGER, table);
    assertEquals(List.of(), report.damage());
    assertEquals(WRITES, report.entries());
    assertEquals(WRITES, report.attempts().size());

    long first = firstOfTheNewVersion(report.commits());
    assertTrue(first > 1, "the old version wrote nothing");
    for (long n = 1; n <= report.commits(); n++) {
      assertEquals(n < first, commit(n).bill().isNone(), "commit " + n);
    }
    EscrowChange escrow = commit(report.commits()).bill().escrow("", Asset.CPC).orElseThrow();
    assertEquals(charged.get(), escrow.spentEver());

    assertThrows(
        UnknownVersionException.class, () -> old.committer().commit(write("too late", false)));
    for (int i = 0; i < WRITES_OF_EACH; i++) {
      Outcome again = next.committer().commit(write("0-" + i, true));
      assertTrue(again instanceof Outcome.Replayed, again.toString());
    }
    assertEquals(report.commits(), store.tip(LEDGER).orElseThrow().number());
  }

  private long firstOfTheNewVersion(long last) {
    for (long n = 1; n <= last; n++) {
      if (!commit(n).bill().isNone()) {
        return n;
      }
    }
    throw new AssertionError("the new version wrote nothing");
  }

  private Commit commit(long number) {
    return store.read(LEDGER, number).orElseThrow().commit();
  }

  private GroupCommitter committer(CommitStore commits) {
    return GroupCommitter.racing(
        Stores.of(commits, blobs, table),
        Rules.standard(),
        new ThreadPace(Clock.systemUTC(), Executors.newVirtualThreadPerTaskExecutor()),
        new Random());
  }

  /** The store as a process sees it that was built before there was a second version. */
  private record FirstVersion(CommitStore store) implements CommitStore {
    /** Where a record says its version: after the map's head and the first key. */
    private static final int VERSION_AT = 2;

    private static final byte UNKNOWN = 9;

    @Override
    public Optional<Stored> tip(LedgerId ledger) {
      return store.tip(ledger).map(FirstVersion::known);
    }

    @Override
    public Optional<Stored> read(LedgerId ledger, long number) {
      return store.read(ledger, number).map(FirstVersion::known);
    }

    @Override
    public List<Stored> range(LedgerId ledger, long from, int limit) {
      return store.range(ledger, from, limit).stream().map(FirstVersion::known).toList();
    }

    @Override
    public Put put(Proposal proposal, Duration timeout) {
      assertEquals(Commit.VERSION, proposal.bytes()[VERSION_AT], "an old one writes no new record");
      Put put = store.put(proposal, timeout);
      return put instanceof Put.Lost(Stored current) ? new Put.Lost(known(current)) : put;
    }

    /** A record of the second version says one that nobody here knows, and is refused as such. */
    private static Stored known(Stored stored) {
      byte[] bytes = stored.bytes().clone();
      if (bytes[VERSION_AT] > Commit.VERSION) {
        bytes[VERSION_AT] = UNKNOWN;
      }
      return new Stored(stored.number(), bytes);
    }
  }
}
