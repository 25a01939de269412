package io.mooring.platform.commit.bench;

import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.InMemoryIntake;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.IntakeWorker;
import io.mooring.platform.commit.LedgerCheck;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Pace;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.commit.Write;
import io.mooring.platform.commit.dynamodb.DynamoDbCommitStore;
import io.mooring.platform.table.dynamodb.DynamoDbTable;
import io.mooring.platform.testing.EmbeddedDynamoDb;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What the commit engine does in a second, without HTTP: {@code -Dtest=CommitBench -Dbench=all}.
 *
 * <p>Every acknowledged entry of 250 bytes was deduplicated, salted, hashed, committed and indexed,
 * and was given its index, its inclusion proof and a checkpoint signed with Ed25519. After each
 * load the whole ledger is read and checked.
 */
@EnabledIfSystemProperty(
    named = "bench",
    matches = ".+",
    disabledReason = "a benchmark, not a test")
class CommitBench {
  private static final int ENTRY_BYTES = 250;
  private static final int BATCH = 1_000;
  private static final int COMMITTERS = 64;
  private static final long WARM_UP_MILLIS = Long.getLong("warmUp", 3_000);
  private static final long MILLIS = Long.getLong("millis", 10_000);

  private static final AtomicInteger LEDGERS = new AtomicInteger();
  private static final AtomicLong KEYS = new AtomicLong();
  private static final TenantId TENANT = new TenantId("ten_bench");

  private final String only = System.getProperty("bench");
  private final RandomGenerator random = new SecureRandom();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Pace pace = new ThreadPace(Clock.systemUTC(), threads);
  private final KeyPair signer = signer();
  private final List<String> rows = new ArrayList<>();

  @Test
  void measures() throws Exception {
    System.setProperty("http.maxConnections", "128");
    rows.add(Load.Result.heading());
    run("memory", this::memory);
    run("dynamodb", this::dynamoDb);
    run("contended", this::contended);
    rows.forEach(System.out::println);
  }

  private interface Part {
    void run() throws Exception;
  }

  private void run(String name, Part part) throws Exception {
    if (only.equals("all") || only.contains(name)) {
      part.run();
    }
  }

  private void memory() throws Exception {
    for (int clients : new int[] {1, 4}) {
      group(
          "memory: batches of " + BATCH + ", " + clients + " clients",
          clients,
          BATCH,
          false,
          this::inMemory);
    }
    for (int clients : new int[] {1, 64, 512, 2_800}) {
      group("memory: single writes, " + clients + " clients", clients, 1, false, this::inMemory);
    }
    group("memory: single writes with keys, 512 clients", 512, 1, true, this::inMemory);
  }

  private void dynamoDb() throws Exception {
    group("DynamoDB Local: batches of " + BATCH + ", 4 clients", 4, BATCH, false, this::local);
    for (int clients : new int[] {1, 64, 512, 2_800}) {
      group(
          "DynamoDB Local: single writes, " + clients + " clients", clients, 1, false, this::local);
    }
    group("DynamoDB Local: single writes with keys, 512 clients", 512, 1, true, this::local);
    perEntry(1);
    perEntry(8);
  }

  private Stores inMemory() {
    InMemoryStore store = new InMemoryStore();
    return Stores.of(store, new InMemoryBlobs(), store);
  }

  private Stores local() {
    return local(EmbeddedDynamoDb.newTable(), new InMemoryBlobs());
  }

  private Stores local(String table, Blobs blobs) {
    DynamoDbTable items = new DynamoDbTable(EmbeddedDynamoDb.client(), table, new Random(1));
    return Stores.of(new DynamoDbCommitStore(EmbeddedDynamoDb.client(), table), blobs, items);
  }

  private void group(String name, int clients, int entries, boolean keyed, Supplier<Stores> engine)
      throws Exception {
    Stores stores = engine.get();
    LedgerId ledger = newLedger();
    GroupCommitter committer = GroupCommitter.racing(stores, Rules.standard(), pace, random);
    Load.Result result =
        Load.run(
            clients,
            WARM_UP_MILLIS,
            MILLIS,
            client -> () -> append(committer, ledger, entries, keyed));
    report(name, result, stores, ledger);
  }

  private void perEntry(int writers) throws Exception {
    String table = EmbeddedDynamoDb.newTable();
    Load.Result result =
        Load.run(
            writers,
            WARM_UP_MILLIS,
            MILLIS,
            writer -> {
              TransactionPerEntry design =
                  new TransactionPerEntry(EmbeddedDynamoDb.client(), table);
              byte[] entry = entry(random);
              return () -> design.append(entry);
            });
    add(result.row("DynamoDB Local: a transaction for each entry, " + writers + " writers"));
  }

  /** Committers that share nothing but the store, one entry at a time each. */
  private void contended() throws Exception {
    InMemoryStore store = new InMemoryStore();
    Blobs blobs = new InMemoryBlobs();
    contended("memory", () -> Stores.of(store, blobs, store));
    String table = EmbeddedDynamoDb.newTable();
    contended("DynamoDB Local", () -> local(table, blobs));
  }

  private void contended(String engine, Supplier<Stores> stores) throws Exception {
    LedgerId raced = newLedger();
    Load.Result racing =
        Load.run(
            COMMITTERS,
            WARM_UP_MILLIS,
            MILLIS,
            client -> {
              GroupCommitter own =
                  GroupCommitter.racing(stores.get(), Rules.standard(), pace, random);
              return () -> append(own, raced, 1, false);
            });
    report(engine + ": 64 committers race", racing, stores.get(), raced);

    LedgerId queued = newLedger();
    InMemoryIntake intake = new InMemoryIntake(pace);
    IntakeWorker worker =
        new IntakeWorker(
            intake,
            stores.get().blobs(),
            GroupCommitter.racing(stores.get(), Rules.worker(), pace, random));
    Thread working =
        Thread.ofVirtual()
            .start(() -> worker.workWhile(() -> !Thread.currentThread().isInterrupted(), pace));
    Load.Result through =
        Load.run(
            COMMITTERS,
            WARM_UP_MILLIS,
            MILLIS,
            client -> {
              GroupCommitter own =
                  GroupCommitter.withIntake(stores.get(), Rules.standard(), pace, random, intake);
              return () -> append(own, queued, 1, false);
            });
    working.interrupt();
    working.join();
    report(engine + ": 64 committers with an intake", through, stores.get(), queued);
  }

  private int append(GroupCommitter committer, LedgerId ledger, int entries, boolean keyed) {
    List<NewEntry> list = new ArrayList<>(entries);
    for (int i = 0; i < entries; i++) {
      list.add(NewEntry.of("bench", "", Content.of("application/octet-stream", entry(random))));
    }
    Write write = Write.to(ledger).by("key_bench").entries(list);
    if (keyed) {
      IdempotencyKey key = IdempotencyKey.of("POST", "k" + KEYS.incrementAndGet());
      write = write.once(key, Hash.ofNothing());
    }
    Outcome outcome = committer.commit(write, Duration.ofSeconds(30));
    if (!(outcome instanceof Outcome.Won(Receipt receipt))) {
      return 0;
    }
    for (int i = 0; i < entries; i++) {
      receipt.proof(i);
    }
    receipt.signed(this::sign);
    return entries;
  }

  private static byte[] entry(RandomGenerator random) {
    byte[] entry = new byte[ENTRY_BYTES];
    java.util.concurrent.ThreadLocalRandom.current().nextBytes(entry);
    return entry;
  }

  private String sign(Head head) {
    String note = "bench.example/log\n" + head.size() + "\n" + head.root().base64() + "\n";
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(signer.getPrivate());
      ed25519.update(note.getBytes(StandardCharsets.UTF_8));
      return note + "\n" + Base64.getEncoder().encodeToString(ed25519.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void report(String name, Load.Result result, Stores stores, LedgerId ledger) {
    LedgerCheck.Report check = new LedgerCheck(stores.store(), stores.blobs()).check(ledger);
    if (!check.damage().isEmpty() || check.entries() < result.entries()) {
      throw new AssertionError(name + ": " + check.damage() + ", " + check.entries());
    }
    add(result.row(name + ", " + check.entries() / Math.max(1, check.commits()) + " a commit"));
  }

  private void add(String row) {
    System.out.println(row);
    rows.add(row);
  }

  private static LedgerId newLedger() {
    return new LedgerId(TENANT, "led_bench" + LEDGERS.incrementAndGet());
  }

  private static KeyPair signer() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
