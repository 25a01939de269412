package io.mooring.platform.commit;

import static io.mooring.platform.commit.Bed.ACME;
import static io.mooring.platform.commit.Bed.body;
import static io.mooring.platform.commit.Bed.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.dynamodb.DynamoDbCommitStore;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.dynamodb.DynamoDbTable;
import io.mooring.platform.testing.EmbeddedDynamoDb;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The drill: a table is copied item by item while it is written to, the copy is torn further, at
 * random, within the last transactions of each ledger, and put in the place of the table. After a
 * repair everything is as the commits that are left say; after every write was asked for again,
 * under its key, each is there once and no money was made or lost.
 *
 * <p>{@code -Dseed=} replays one.
 */
class RestoreDrillTest {
  private static final List<LedgerId> LEDGERS =
      List.of(
          LedgerId.journal(ACME),
          new LedgerId(ACME, "led_shipments"),
          new LedgerId(ACME, "led_returns"));

  private static final int WRITERS = 4;
  private static final int WRITES_OF_EACH = 30;
  private static final int COPIED_AT = 60;
  private static final int ACCOUNTS = 5;
  private static final long START = 1_000;
  private static final int TORN_COMMITS = 4;
  private static final Duration PART = Duration.ofMillis(50);

  private static final DynamoDbClient CLIENT = EmbeddedDynamoDb.client();

  static LongStream seeds() {
    return Long.getLong("seed") == null
        ? LongStream.rangeClosed(1, 4)
        : LongStream.of(Long.getLong("seed"));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingIsLostAndNothingIsDoubled(long seed) throws Exception {
    Random random = new Random(seed);
    Place original = new Place(EmbeddedDynamoDb.newTable(), new InMemoryBlobs());
    GroupCommitter first = original.committer();
    open(first);
    Place copy = new Place(EmbeddedDynamoDb.newTable(), new InMemoryBlobs());
    write(first, original, () -> copyTo(copy, original));

    Map<LedgerId, Long> kept = new HashMap<>();
    int torn = 0;
    for (LedgerId ledger : LEDGERS) {
      torn += tear(copy, original, ledger, random);
      kept.put(ledger, copy.store().tip(ledger).orElseThrow().number());
    }
    assertTrue(torn > 0, "nothing was torn");

    int mended = LEDGERS.stream().mapToInt(ledger -> repaired(copy, ledger)).sum();
    assertTrue(mended > 0, "nothing had to be put right");
    Map<Key, Item> expected = new TreeMap<>();
    for (LedgerId ledger : LEDGERS) {
      LedgerCheck.Report report = copy.check().check(ledger, copy.table());
      assertEquals(List.of(), report.damage(), "seed " + seed);
      assertEquals(kept.get(ledger), report.commits());
      report.items().values().stream()
          .filter(Item::exists)
          .forEach(item -> expected.put(item.key(), item));
    }
    assertEquals(expected, copy.items(), "an item without a commit");
    assertEquals(ACCOUNTS * START, money(copy));

    GroupCommitter again = copy.committer();
    write(again, copy, () -> {});
    assertEquals(ACCOUNTS * START, money(copy));
    for (LedgerId ledger : LEDGERS) {
      LedgerCheck.Report report = copy.check().check(ledger, copy.table());
      assertEquals(List.of(), report.damage(), "seed " + seed);
    }
    assertEquals(balances(), copy.balances(), "a transfer was lost or doubled");
    assertEquals(WRITERS * WRITES_OF_EACH + 1, entries(copy));
  }

  private static void open(GroupCommitter committer) {
    Write write = Write.to(LEDGERS.getFirst()).entry(note("opened"));
    for (int i = 0; i < ACCOUNTS; i++) {
      write = write.effect(Effect.create(account(i), amount(START)));
    }
    Bed.won(committer.commit(write.once(key("opened"), body("opened"))));
  }

  /** All writes, each under its own key; {@code meanwhile} runs when half of them are answered. */
  private static void write(GroupCommitter committer, Place place, Runnable meanwhile)
      throws Exception {
    AtomicInteger answered = new AtomicInteger();
    List<Future<?>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < WRITERS; writer++) {
        int own = writer;
        writers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < WRITES_OF_EACH; i++) {
                    until(committer, place, own, i);
                    if (answered.incrementAndGet() == COPIED_AT) {
                      // The others go on writing.
                      meanwhile.run();
                    }
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
  }

  private static void until(GroupCommitter committer, Place place, int writer, int i) {
    for (int tries = 0; tries < 200; tries++) {
      Outcome outcome = committer.commit(asked(place, writer, i));
      switch (outcome) {
        case Outcome.Won won -> {
          return;
        }
        case Outcome.Replayed replayed -> {
          return;
        }
        case Outcome.EffectRefused refused -> {}
        default -> throw new AssertionError(outcome.toString());
      }
    }
    throw new AssertionError("never: write " + i + " of " + writer);
  }

  /** The same write whenever it is asked for; only what it finds may differ. */
  private static Write asked(Place place, int writer, int i) {
    String name = writer + "-" + i;
    LedgerId ledger = LEDGERS.get(i % LEDGERS.size());
    Write write = Write.to(ledger).entry(note(name)).once(key(name), body(name));
    if (ledger.equals(LEDGERS.getFirst())) {
      return transferred(place, write, writer, i);
    }
    Key mark = Key.of(ledger.tenant(), "MARK", ledger.value(), Integer.toString(writer));
    Item now = place.table().get(mark);
    return now.exists() && i % 2 == 0
        ? write.effect(Effect.delete(now))
        : write.effect(Effect.put(now, name.getBytes()));
  }

  private static Write transferred(Place place, Write write, int writer, int i) {
    Item from = place.table().get(account(from(writer, i)));
    Item to = place.table().get(account(to(writer, i)));
    return write
        .effect(Effect.put(from, amount(amount(from) - 1 - i)))
        .effect(Effect.put(to, amount(amount(to) + 1 + i)));
  }

  private static int from(int writer, int i) {
    return (writer + i) % ACCOUNTS;
  }

  private static int to(int writer, int i) {
    return (from(writer, i) + 1 + i % (ACCOUNTS - 1)) % ACCOUNTS;
  }

  /** What the accounts hold when each transfer was made once. */
  private static Map<Key, Long> balances() {
    Map<Key, Long> balances = new TreeMap<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      balances.put(account(i), START);
    }
    for (int writer = 0; writer < WRITERS; writer++) {
      for (int i = 0; i < WRITES_OF_EACH; i += LEDGERS.size()) {
        balances.merge(account(from(writer, i)), -1L - i, Long::sum);
        balances.merge(account(to(writer, i)), 1L + i, Long::sum);
      }
    }
    return balances;
  }

  /** As a backup of one moment would find them: what is published first, then the table. */
  private static void copyTo(Place copy, Place original) {
    for (LedgerId ledger : LEDGERS) {
      original
          .blobs()
          .get(BlobName.head(ledger))
          .ifPresent(head -> copy.blobs().replace(BlobName.head(ledger), head));
    }
    for (Map<String, AttributeValue> item :
        CLIENT.scanPaginator(scan -> scan.tableName(original.name()).limit(20)).items()) {
      CLIENT.putItem(put -> put.tableName(copy.name()).item(item));
    }
    for (Blobs.Listed listed : original.blobs().list("ten_", "")) {
      original.blobs().get(listed.name()).ifPresent(b -> copy.blobs().create(listed.name(), b));
    }
  }

  /**
   * Takes the last commits from the copy, but for those that were published, and leaves each item
   * that the transactions around the new end touched as any of them left it; how many items that
   * changed.
   */
  private static int tear(Place copy, Place original, LedgerId ledger, Random random) {
    long tip = copy.store().tip(ledger).orElseThrow().number();
    long published =
        new PublishedHeads(copy.blobs())
            .last(ledger)
            .map(PublishedHeads.Published::commit)
            .orElse(1L);
    long end = Math.max(published, tip - random.nextInt(TORN_COMMITS));
    for (long n = tip; n > end; n--) {
      remove(copy, Key.commit(ledger, n));
    }
    int torn = 0;
    Commits commits = new Commits(original.store(), original.blobs());
    long last = original.store().tip(ledger).orElseThrow().number();
    for (long n = Math.max(1, end - TORN_COMMITS); n <= Math.min(last, end + TORN_COMMITS); n++) {
      Commit commit = commits.read(ledger, n).orElseThrow();
      for (Effect effect : commits.body(ledger, commit).effects()) {
        if (random.nextBoolean()) {
          torn++;
          switch (effect) {
            case Effect.Put put ->
                copy.table().put(List.of(derived(new Item(put.key(), n, put.body()))));
            case Effect.Delete delete -> remove(copy, delete.key());
            case Effect.Check check -> {}
          }
        }
      }
      for (var index :
          KeyIndex.items(
                  ledger,
                  KeyIndex.Indexable.of(new CarriedCommit(commit, commits.body(ledger, commit))))
              .toList()) {
        if (random.nextBoolean()) {
          copy.table().put(List.of(index));
        } else {
          remove(copy, index.item().key());
        }
      }
    }
    return torn;
  }

  private static Derived derived(Item item) {
    return new Derived(item, Derived.NEVER);
  }

  private static void remove(Place copy, Key key) {
    copy.table().delete(List.of(key));
  }

  /** Repairs a ledger, in parts; how many items were put right. */
  private static int repaired(Place copy, LedgerId ledger) {
    DynamoDbCommitStore store = copy.store();
    Repair repair =
        new Repair(store, store, copy.table(), copy.table(), copy.blobs(), InstantSource.system());
    int mended = 0;
    String next = "";
    do {
      RepairReport part = repair.repair(ledger, next, PART);
      mended += part.mended().size();
      next = part.next();
    } while (!next.isEmpty());
    assertEquals(List.of(), repair.repair(ledger, "", Duration.ofHours(1)).mended());
    return mended;
  }

  private static long money(Place place) {
    return place.balances().values().stream().mapToLong(Long::longValue).sum();
  }

  private static long entries(Place place) {
    return LEDGERS.stream().mapToLong(ledger -> place.check().check(ledger).entries()).sum();
  }

  private static NewEntry note(String name) {
    return NewEntry.of("note", "", Content.json("\"" + name + "\""));
  }

  private static Key account(int i) {
    return Key.of(ACME, "ACCOUNT", Integer.toString(i));
  }

  private static byte[] amount(long amount) {
    return ByteBuffer.allocate(Long.BYTES).putLong(amount).array();
  }

  private static long amount(Item account) {
    return ByteBuffer.wrap(account.body()).getLong();
  }

  /** A table, and the objects beside it. */
  private record Place(String name, InMemoryBlobs blobs) {
    DynamoDbCommitStore store() {
      return new DynamoDbCommitStore(CLIENT, name);
    }

    DynamoDbTable table() {
      return new DynamoDbTable(CLIENT, name, new Random(1));
    }

    LedgerCheck check() {
      return new LedgerCheck(store(), blobs);
    }

    GroupCommitter committer() {
      return GroupCommitter.racing(
          Stores.of(store(), blobs, table()),
          Rules.standard(),
          new ThreadPace(Clock.systemUTC(), Executors.newVirtualThreadPerTaskExecutor()),
          new Random());
    }

    /** What stands in the tenant's own partition. */
    Map<Key, Item> items() {
      return table().first(Prefix.all(ACME), 1000).items().stream()
          .collect(Collectors.toMap(Item::key, item -> item, (a, b) -> a, TreeMap::new));
    }

    Map<Key, Long> balances() {
      return table().first(Prefix.of(ACME, "ACCOUNT"), 1000).items().stream()
          .collect(
              Collectors.toMap(Item::key, RestoreDrillTest::amount, (a, b) -> a, TreeMap::new));
    }
  }
}
