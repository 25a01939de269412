package io.mooring.platform.commit.simulation;

import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Carriage;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.Erased;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.InMemoryIntake;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.IntakeWorker;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.LedgerCheck;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Pace;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.Sweeper;
import io.mooring.platform.commit.Write;
import io.mooring.platform.table.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * One schedule: a few processes that run the real committer against stores that fail, die at any
 * moment and start again; clients that repeat what was not answered; and at the end one look at the
 * whole ledger.
 */
final class Simulation {
  private static final TenantId TENANT = new TenantId("ten_sim1");
  private static final LedgerId LEDGER = new LedgerId(TENANT, "led_sim1");
  private static final Key COUNTER = Key.of(TENANT, "COUNTER", "one");

  private static final int TRIES_MAX = 12;
  private static final int LARGE = 9 * 1024;

  private final Random random;
  private final World world;
  private final Process outside;
  private final Faults faults;
  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryBlobs blobs;
  private final InMemoryIntake intake;
  private final boolean withIntake;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Intent> intents = new ArrayList<>();
  private final Set<BlobName> erased = new HashSet<>();
  private int busyClients;

  private Simulation(long seed) {
    random = new Random(seed);
    world = new World(random);
    outside = new Process(world, 0);
    blobs = new InMemoryBlobs(() -> Instant.ofEpochMilli(world.now()));
    faults = new Faults(random);
    intake = new InMemoryIntake(outside);
    withIntake = random.nextBoolean();
  }

  /** Where a process runs, one after the other. */
  private final class Slot {
    private Process process;
    private GroupCommitter committer;

    void start() {
      process = new Process(world, random.nextLong(-2_000, 2_000));
      committer = committer(process);
      if (withIntake && random.nextBoolean()) {
        work(process);
      }
    }

    void die() {
      process.die();
      world.at(world.now() + random.nextLong(3_000), this::start);
    }
  }

  private GroupCommitter committer(Process process) {
    FaultyStore faulty = new FaultyStore(world, store, faults);
    Stores stores = Stores.of(faulty, new FaultyBlobs(world, blobs, faults), faulty);
    return withIntake
        ? GroupCommitter.withIntake(
            stores, Rules.standard(), process, random, new FaultyIntake(world, intake, faults))
        : GroupCommitter.racing(stores, Rules.standard(), process, random);
  }

  private void work(Process process) {
    FaultyStore faulty = new FaultyStore(world, store, faults);
    FaultyBlobs faultyBlobs = new FaultyBlobs(world, blobs, faults);
    GroupCommitter racing =
        GroupCommitter.racing(
            Stores.of(faulty, faultyBlobs, faulty), Rules.worker(), process, random);
    IntakeWorker worker =
        new IntakeWorker(new FaultyIntake(world, intake, faults), faultyBlobs, racing);
    process.run(
        () -> {
          while (busyClients > 0) {
            worker.work(100);
          }
        });
  }

  static void run(long seed) {
    new Simulation(seed).run();
  }

  private void run() {
    int processes = 1 + random.nextInt(4);
    for (int i = 0; i < processes; i++) {
      slots.add(new Slot());
    }
    int clients = 1 + random.nextInt(5);
    busyClients = clients;
    slots.forEach(Slot::start);
    for (int client = 0; client < clients; client++) {
      String name = "c" + client;
      outside.run(() -> live(name));
    }
    int deaths = random.nextInt(4);
    for (int i = 0; i < deaths; i++) {
      Slot slot = slots.get(random.nextInt(processes));
      world.at(world.now() + random.nextLong(4_000), slot::die);
    }
    world.run();
    judge();
  }

  private void live(String name) {
    int wishes = 1 + random.nextInt(4);
    for (int i = 0; i < wishes; i++) {
      Intent intent = new Intent(name + "-" + i, world.now());
      intents.add(intent);
      switch (random.nextInt(5)) {
        case 0 -> once(intent);
        case 1 -> counting(intent);
        case 2 -> erased(intent);
        default -> keyed(intent);
      }
      world.sleep(random.nextLong(50));
    }
    if (--busyClients == 0) {
      faults.heal();
    }
  }

  /** Without a key there is one try: nobody could tell a second from another write. */
  private void once(Intent intent) {
    send(intent, write(intent, ""));
  }

  /** Changes an item as it was read; a refusal is the end of it. */
  private void counting(Intent intent) {
    Effect effect = Effect.put(store.get(COUNTER), intent.name().getBytes());
    send(intent, write(intent, "").effect(effect));
  }

  /** Repeats until it is acknowledged, now and then twice at once, or with another body. */
  private void keyed(Intent intent) {
    IdempotencyKey key = IdempotencyKey.of("POST /entries", intent.name());
    Hash body = Hash.ofBytes(intent.name().getBytes());
    Write write = write(intent, "").once(key, body, intent.name().getBytes());
    if (random.nextInt(4) == 0) {
      outside.run(() -> send(intent, write));
    }
    for (int tries = 0; tries < TRIES_MAX && !intent.isAcknowledged(); tries++) {
      send(intent, write);
      world.sleep(random.nextLong(2_000));
    }
    if (intent.isAcknowledged() && random.nextInt(4) == 0) {
      Intent forbidden = new Intent(intent.name() + "-other", world.now());
      intents.add(forbidden);
      send(forbidden, write(forbidden, "").once(key, Hash.ofBytes("other".getBytes())));
      if (forbidden.isAcknowledged()) {
        throw new AssertionError(forbidden.name() + " reused a key and was acknowledged");
      }
    }
    if (intent.isAcknowledged() && random.nextInt(4) == 0) {
      send(intent, write);
    }
  }

  /** Has what it wanted erased again: an entry says so, and then the bytes go. */
  private void erased(Intent intent) {
    keyed(intent);
    if (!intent.isAcknowledged()) {
      return;
    }
    Receipt receipt = intent.receipts().getFirst();
    for (int i = 0; i < receipt.entries().size(); i++) {
      if (receipt.entries().get(i).about() instanceof KeptEntry.Apart apart) {
        erase(intent.name() + "-erased-" + i, receipt.firstIndex() + i, apart.sha256());
        return;
      }
    }
  }

  /** Asks for it again until it is said and done, whatever died between the two. */
  private void erase(String name, long index, Hash content) {
    Intent said = new Intent(name, world.now());
    intents.add(said);
    byte[] facts = name.getBytes();
    Write write =
        Write.to(LEDGER)
            .entry(NewEntry.of("erased", name, Content.of("text/plain", facts)))
            .effect(Effect.create(Erased.key(LEDGER, index), facts))
            .once(IdempotencyKey.of("DELETE /content", name), Hash.ofBytes(facts), facts);
    BlobName object = BlobName.content(LEDGER, content);
    FaultyBlobs network = new FaultyBlobs(world, blobs, faults);
    for (int tries = 0; tries < TRIES_MAX && blobs.length(object).isPresent(); tries++) {
      send(said, write);
      if (said.isAcknowledged()) {
        erased.add(object);
        outside.run(() -> deleted(network, object));
      }
      world.sleep(random.nextLong(2_000));
    }
  }

  private static void deleted(FaultyBlobs network, BlobName object) {
    try {
      network.delete(object);
    } catch (BlobsUnavailableException e) {
      // It may have been deleted, or be deleted yet; whoever finds it there asks again.
      return;
    }
  }

  private Write write(Intent intent, String more) {
    int entries = 1 + random.nextInt(3);
    List<NewEntry> list = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      byte[] content = new byte[random.nextInt(8) == 0 ? LARGE : 20];
      random.nextBytes(content);
      Content kept =
          random.nextInt(8) == 0
              ? new Content.Erasable("application/cbor", content)
              : Content.of("application/cbor", content);
      list.add(NewEntry.of("wish", intent.name() + more, kept));
    }
    return Write.to(LEDGER).entries(list);
  }

  /** Sends a request to one of the processes and waits for the answer, for a while. */
  private void send(Intent intent, Write write) {
    Slot slot = slots.get(random.nextInt(slots.size()));
    Pace.Gate answered = world.gate();
    List<Outcome> answer = new ArrayList<>();
    Duration patience = Duration.ofMillis(500 + random.nextLong(6_000));
    if (slot.process.isDead()) {
      return;
    }
    GroupCommitter committer = slot.committer;
    slot.process.run(
        () -> {
          answer.add(committer.commit(write, patience));
          answered.open();
        });
    answered.await(patience.toMillis() + random.nextLong(2_000));
    if (answer.isEmpty()) {
      intent.uncertain();
      return;
    }
    if (answer.getFirst() instanceof Outcome.Replayed replayed
        && !new String(replayed.answer()).equals(intent.name())) {
      throw new AssertionError("the kept answer of " + intent.name() + " is another");
    }
    intent.told(answer.getFirst(), world.now());
  }

  private void judge() {
    LedgerCheck.Report report = new LedgerCheck(store, blobs).check(LEDGER, store);
    if (!report.damage().isEmpty()) {
      throw new AssertionError("damage: " + report.damage());
    }
    Map<String, List<Long>> landed = landed();
    for (Intent intent : intents) {
      judge(intent, landed.getOrDefault(intent.name(), List.of()));
    }
    for (Intent first : intents) {
      for (Intent second : intents) {
        if (first.isAcknowledged() && second.isAcknowledged() && first.isBefore(second)) {
          expect(
              first.receipts().getFirst().firstIndex() < second.receipts().getFirst().firstIndex(),
              first.name() + " was acknowledged before " + second.name() + " but stands after it");
        }
      }
    }
    goesOn();
    sweep();
  }

  /** A day later nothing is left that no commit names, and all that one names is. */
  private void sweep() {
    Instant later = Instant.ofEpochMilli(world.now()).plus(Sweeper.AGE_MIN).plusMillis(1);
    new Sweeper(store, blobs, () -> later).sweepAll();
    LedgerCheck.Report report = new LedgerCheck(store, blobs).check(LEDGER, store);
    expect(report.damage().isEmpty(), "swept away: " + report.damage());
    Set<BlobName> named = new HashSet<>();
    Commits commits = new Commits(store, blobs);
    for (long n = 1; n <= report.commits(); n++) {
      Commit commit = commits.read(LEDGER, n).orElseThrow();
      if (commit.carriage() instanceof Carriage.Segment segment) {
        named.add(BlobName.segment(LEDGER, segment.sha256()));
      }
      for (KeptEntry entry : commits.body(LEDGER, commit).entries()) {
        if (entry.about() instanceof KeptEntry.Apart apart) {
          named.add(BlobName.content(LEDGER, apart.sha256()));
        }
      }
    }
    Set<BlobName> left = new HashSet<>();
    for (String kind :
        List.of(BlobName.segments(LEDGER), BlobName.contents(LEDGER), BlobName.intakes(LEDGER))) {
      blobs.list(kind, "").forEach(object -> left.add(object.name()));
    }
    // What was said to be erased may still be there: whoever died will be asked again.
    erased.forEach(object -> expect(named.remove(object), object + " was erased and never named"));
    left.removeAll(erased);
    expect(left.equals(named), "left over: " + left + ", named: " + named);
  }

  private void judge(Intent intent, List<Long> indexes) {
    expect(indexes.size() <= 1, intent.name() + " was doubled at " + indexes);
    if (!intent.isAcknowledged()) {
      expect(
          intent.isUncertain() || indexes.isEmpty(),
          intent.name() + " was refused but stands at " + indexes);
      return;
    }
    expect(indexes.size() == 1, intent.name() + " was acknowledged and is lost");
    Commits commits = new Commits(store, blobs);
    for (Receipt receipt : intent.receipts()) {
      expect(receipt.firstIndex() == indexes.getFirst(), intent.name() + " stands elsewhere");
      Commit commit = commits.read(LEDGER, receipt.commit()).orElseThrow();
      expect(receipt.head().equals(commit.head()), intent.name() + " was shown a forked head");
      for (int i = 0; i < receipt.leaves().size(); i++) {
        expect(
            receipt.proof(i).check(receipt.leaves().get(i), commit.head()).verified(),
            intent.name() + " has a proof that does not hold");
      }
    }
  }

  /** The first index of each time that an intent stands in the ledger. */
  private Map<String, List<Long>> landed() {
    Commits commits = new Commits(store, blobs);
    Map<String, List<Long>> landed = new HashMap<>();
    for (long n = 1; ; n++) {
      Commit commit = commits.read(LEDGER, n).orElse(null);
      if (commit == null) {
        return landed;
      }
      var body = commits.body(LEDGER, commit);
      int at = 0;
      for (var attempt : body.manifest().attempts()) {
        KeptEntry first = body.entries().get(at);
        landed
            .computeIfAbsent(first.entry().subject(), absent -> new ArrayList<>())
            .add(commit.start() + at);
        at += attempt.entries();
      }
    }
  }

  /** After all of it, a new process finds a ledger that takes the next write. */
  private void goesOn() {
    Process fresh = new Process(world, 10_000);
    List<Outcome> outcomes = new ArrayList<>();
    GroupCommitter committer =
        GroupCommitter.racing(Stores.of(store, blobs, store), Rules.standard(), fresh, random);
    Intent last = new Intent("last", world.now());
    fresh.run(() -> outcomes.add(committer.commit(write(last, ""))));
    world.run();
    expect(
        outcomes.size() == 1 && outcomes.getFirst() instanceof Outcome.Won,
        "the next write ended as " + outcomes);
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
