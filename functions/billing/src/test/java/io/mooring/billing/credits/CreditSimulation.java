package io.mooring.billing.credits;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Cap;
import io.mooring.billing.Grant;
import io.mooring.billing.Meter;
import io.mooring.billing.PriceSheet;
import io.mooring.billing.credits.Teller.Told;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Pace;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.Usage;
import io.mooring.platform.commit.Write;
import io.mooring.platform.commit.simulation.Faults;
import io.mooring.platform.commit.simulation.FaultyBlobs;
import io.mooring.platform.commit.simulation.FaultyStore;
import io.mooring.platform.commit.simulation.Process;
import io.mooring.platform.commit.simulation.World;
import io.mooring.platform.table.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * One schedule of the real service of credits: processes that die at any await and start again,
 * stores that fail, clients that do whatever can be done with credits and repeat what was not
 * answered; around midnight, so that days and grants end in the middle of it. At the end {@link
 * Audit} looks at everything.
 */
final class CreditSimulation {
  static final TenantId ACME = new TenantId("ten_acme");
  static final List<LedgerId> LEDGERS =
      List.of(new LedgerId(ACME, "led_first"), new LedgerId(ACME, "led_second"));

  /** Whoever submits with it has a cap of its own, and so escrows of its own. */
  static final String CAPPED_KEY = "key_2";

  static final PriceSheet SHEET = Sheets.with(3, 50);

  private static final long MIDNIGHT = Instant.parse("2026-12-01T00:00:00Z").toEpochMilli();
  private static final int TRIES_MAX = 10;
  private static final int PATIENCE_MILLIS_MIN = 1_000;

  private final Random random;
  private final World world;
  private final Process outside;
  private Faults faults;
  private final long sinceEpoch;
  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryBlobs blobs;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Wish> wishes = new ArrayList<>();
  private final Map<String, Long> caps;
  private int busyClients;

  private CreditSimulation(Random random, long beginsMillis, Map<String, Long> caps) {
    this.random = random;
    this.caps = caps;
    world = new World(random);
    outside = new Process(world, 0);
    sinceEpoch = beginsMillis - world.now();
    blobs = new InMemoryBlobs(() -> Instant.ofEpochMilli(world.now()));
    faults = calm();
  }

  private Faults calm() {
    Faults calm = new Faults(random);
    calm.heal();
    return calm;
  }

  /** Runs one schedule of its own seed. */
  static Audit run(long seed) {
    Random random = new Random(seed);
    Map<String, Long> caps =
        random.nextBoolean()
            ? Map.of()
            : Map.of(CapSheet.TENANT, 60 + random.nextLong(300), CAPPED_KEY, random.nextLong(60));
    var simulation = new CreditSimulation(random, MIDNIGHT - random.nextInt(5_000), caps);
    simulation.prepare();
    simulation.schedule();
    return simulation.audit();
  }

  /**
   * Runs one fixed history in one process, which dies when it is to go on for the {@code
   * resumption}th time; a new one takes over.
   */
  static Interrupted runDyingAt(long resumption) {
    var simulation = new CreditSimulation(new Random(1), MIDNIGHT + 1, Map.of("tenant", 400L));
    simulation.prepare();
    Process process = simulation.slots.getFirst().process;
    simulation.script(resumption);
    return new Interrupted(process.isDead(), simulation.audit());
  }

  /** How a history ended, and whether its process lived long enough to die. */
  record Interrupted(boolean died, Audit audit) {}

  /** One thing that a client wants once, and asks for until it is told what became of it. */
  private final class Wish {
    private final String name;
    private final Function<Teller, Told> act;
    private final boolean keyed;
    private boolean acknowledged;
    private boolean uncertain;

    Wish(String name, Function<Teller, Told> act) {
      this.name = name;
      this.act = act;
      this.keyed = true;
    }

    /** One that nobody's key stands for, because doing it again does no harm. */
    Wish(Function<Teller, Told> act) {
      this.name = "";
      this.act = act;
      this.keyed = false;
    }

    void told(Told told) {
      acknowledged |= told == Told.DONE;
      uncertain |= told == Told.NOTHING_CERTAIN;
    }
  }

  /** Where a process runs, one after the other. */
  private final class Slot {
    private Process process;
    private Teller teller;

    Slot() {
      start();
    }

    void start() {
      process = new Process(world, sinceEpoch + random.nextLong(-1_000, 1_000));
      FaultyStore faulty = new FaultyStore(world, store, faults);
      FaultyBlobs faultyBlobs = new FaultyBlobs(world, blobs, faults);
      Process here = process;
      InstantSource clock = () -> Instant.ofEpochMilli(here.wallMillis());
      Terms terms = (tenant, millis) -> Optional.of(SHEET);
      Desk desk = new Desk(faulty, clock, terms);
      Caps caps = new Caps(faulty, desk, clock);
      Escrows escrows = new Escrows(faulty, new Commits(faulty, faultyBlobs), terms, desk, caps);
      GroupCommitter committer =
          GroupCommitter.racing(
                  Stores.of(faulty, faultyBlobs, faulty), Rules.standard(), here, random)
              .metered(escrows);
      teller = new Teller(ACME, committer, new Credits(committer, faulty, desk), caps, escrows);
    }

    void die() {
      process.die();
      world.at(world.now() + random.nextLong(3_000), this::start);
    }
  }

  /** Credit and caps, as they stand before anything goes wrong. */
  private void prepare() {
    slots.add(new Slot());
    outside.run(
        () -> {
          told(new Wish("cpc", topUp("cpc", Asset.CPC, 300)));
          told(new Wish("itc", topUp("itc", Asset.ITC, 100)));
          caps.forEach((of, units) -> told(new Wish("cap-" + of, cap(of, units))));
        });
    world.run();
  }

  private void schedule() {
    faults = new Faults(random);
    slots.clear();
    int processes = 1 + random.nextInt(3);
    for (int i = 0; i < processes; i++) {
      slots.add(new Slot());
    }
    int clients = 1 + random.nextInt(4);
    busyClients = clients;
    for (int client = 0; client < clients; client++) {
      String name = "c" + client;
      outside.run(() -> live(name));
    }
    int deaths = random.nextInt(5);
    for (int i = 0; i < deaths; i++) {
      Slot slot = slots.get(random.nextInt(slots.size()));
      world.at(world.now() + random.nextLong(8_000), slot::die);
    }
    world.run();
  }

  private void live(String name) {
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      Wish wish = wish(name + "-" + i);
      if (random.nextInt(4) == 0) {
        outside.run(() -> send(wish));
      }
      told(wish);
      if (wish.acknowledged && random.nextInt(4) == 0) {
        send(wish);
      }
      world.sleep(random.nextLong(300));
    }
    if (--busyClients == 0) {
      faults.heal();
    }
  }

  private Wish wish(String name) {
    return switch (random.nextInt(9)) {
      case 0 -> new Wish(released());
      case 1 -> new Wish(Teller::swept);
      default -> keyedWish(name);
    };
  }

  private Wish keyedWish(String name) {
    return new Wish(
        name,
        switch (random.nextInt(14)) {
          case 0 -> topUp(name, asset(), 1 + random.nextInt(200));
          case 1 -> grant(name, 1 + random.nextInt(50), random.nextLong(10_000));
          case 2, 3 -> hold(name, random.nextInt(60), random.nextLong(10_000));
          case 4 -> capture(name, random.nextInt(40), somebodysHold());
          case 5 -> voided(name, somebodysHold());
          case 6 -> refund(name, 1 + random.nextInt(60));
          case 7 -> chargeback(name, 1 + random.nextInt(60));
          case 8 -> tellBelow(name, random.nextInt(200));
          default -> append(name, random.nextInt(4) == 0 ? CAPPED_KEY : "key_1");
        });
  }

  private Asset asset() {
    return random.nextInt(4) == 0 ? Asset.ITC : Asset.CPC;
  }

  /** One of every operation, each in what the ones before it left. */
  private void script(long resumption) {
    Slot slot = slots.getFirst();
    slot.process.dieAt(resumption);
    Runnable revive =
        () -> {
          if (slot.process.isDead()) {
            slot.start();
          }
        };
    outside.run(
        () -> {
          long far = Duration.ofDays(30).toMillis();
          for (Wish wish :
              List.of(
                  new Wish("s-0", append("s-0", "key_1", LEDGERS.getFirst())),
                  new Wish("s-1", grant("s-1", 20, far)),
                  new Wish("s-2", append("s-2", "key_1", LEDGERS.getLast())),
                  new Wish("s-3", hold("s-3", 50, far)),
                  new Wish("s-4", capture("s-4", 30, "hold_s-3")),
                  new Wish("s-5", hold("s-5", 10, far)),
                  new Wish("s-6", voided("s-6", "hold_s-5")),
                  new Wish("s-7", refund("s-7", 5)),
                  new Wish(released()),
                  new Wish("s-9", chargeback("s-9", 5)),
                  new Wish("s-10", append("s-10", "key_1", LEDGERS.getFirst())))) {
            for (int tries = 0; tries < TRIES_MAX && !wish.acknowledged; tries++) {
              revive.run();
              send(wish);
              world.sleep(1_000);
            }
            wishes.add(wish);
            expect(wish.acknowledged, wish.name + " was never acknowledged");
          }
        });
    world.run();
    revive.run();
  }

  /** Asks until it is told, and notes what was wished. */
  private void told(Wish wish) {
    wishes.add(wish);
    for (int tries = 0; tries < TRIES_MAX && !wish.acknowledged; tries++) {
      if (send(wish) == Told.REFUSED) {
        return;
      }
      world.sleep(random.nextLong(2_000));
    }
  }

  /** Asks one of the processes and waits for the answer, for a while. */
  private Told send(Wish wish) {
    Slot slot = slots.get(random.nextInt(slots.size()));
    Process process = slot.process;
    Pace.Gate answered = world.gate();
    List<Told> answer = new ArrayList<>();
    if (!process.isDead()) {
      process.run(
          () -> {
            answer.add(answer(slot, wish));
            answered.open();
          });
      answered.await(30_000);
    }
    Told told = answer.isEmpty() ? Told.NOTHING_CERTAIN : answer.getFirst();
    wish.told(told);
    return told;
  }

  private static Told answer(Slot slot, Wish wish) {
    try {
      return wish.act.apply(slot.teller);
    } catch (StoreUnavailableException | BlobsUnavailableException e) {
      return Told.NOTHING_CERTAIN;
    } catch (NoSuchPurchaseException e) {
      return Told.REFUSED;
    }
  }

  private Function<Teller, Told> append(String name, String submitter) {
    return append(name, submitter, LEDGERS.get(random.nextInt(LEDGERS.size())));
  }

  private Function<Teller, Told> append(String name, String submitter, LedgerId ledger) {
    boolean messages = random.nextInt(4) == 0;
    Write entry =
        Write.to(ledger)
            .by(submitter)
            .entry(NewEntry.of("note", name, Content.json("{}")))
            .uses(new Usage(Meter.ENTRIES, 1));
    Write write = messages ? entry.uses(new Usage(Meter.MESSAGES, 1)) : entry;
    Duration patience = Duration.ofMillis(PATIENCE_MILLIS_MIN + random.nextLong(6_000));
    return teller -> teller.append(name, write, patience);
  }

  private static Function<Teller, Told> topUp(String name, Asset asset, long units) {
    return teller -> teller.topUp(name, new Amount(asset, units));
  }

  private Function<Teller, Told> grant(String name, long units, long millis) {
    var grant = new Grant("gift_" + name, units, 1 + (int) (units % 20), nowMillis() + millis);
    return teller -> teller.grant(name, grant);
  }

  private Function<Teller, Told> hold(String name, int units, long millis) {
    long expires = nowMillis() + millis;
    return teller -> teller.hold(name, new Amount(Asset.CPC, 1 + units), expires);
  }

  private static Function<Teller, Told> capture(String name, int units, String hold) {
    return teller -> units == 0 ? teller.capture(name, hold) : teller.capture(name, hold, units);
  }

  private static Function<Teller, Told> voided(String name, String hold) {
    return teller -> teller.voided(name, hold);
  }

  private static Function<Teller, Told> refund(String name, long units) {
    return teller -> teller.refund(name, "pur_cpc", units);
  }

  private static Function<Teller, Told> chargeback(String name, long units) {
    return teller -> teller.chargeback(name, "pur_cpc", units);
  }

  private static Function<Teller, Told> tellBelow(String name, long below) {
    return teller -> teller.tellBelow(name, Map.of(Asset.CPC, 1 + below));
  }

  private static Function<Teller, Told> cap(String of, long units) {
    var line = new CapSheet.Line(Asset.CPC, new Cap(Cap.Period.EVER, units), Cap.Taken.NOTHING);
    return teller -> teller.cap("cap-" + of, new CapSheet(of, List.of(line)));
  }

  private Function<Teller, Told> released() {
    LedgerId ledger = LEDGERS.get(random.nextInt(LEDGERS.size()));
    return teller -> teller.released(ledger, Duration.ofSeconds(2));
  }

  private String somebodysHold() {
    return "hold_c" + random.nextInt(4) + "-" + random.nextInt(6);
  }

  private long nowMillis() {
    return world.now() + sinceEpoch;
  }

  /** Looks at all of it, once everything has landed; then lets a new process go on with it. */
  private Audit audit() {
    faults = calm();
    slots.clear();
    Slot fresh = new Slot();
    slots.add(fresh);
    outside.run(
        () -> {
          for (LedgerId ledger : LEDGERS) {
            fresh.teller.released(ledger, Duration.ofSeconds(5));
          }
        });
    world.run();
    var audit = new Audit(store, blobs, SHEET, () -> Instant.ofEpochMilli(nowMillis()));
    audit.look(
        caps,
        wishes.stream()
            .filter(wish -> wish.keyed)
            .map(
                wish ->
                    new Audit.Asserted(
                        wish.name, Teller.key(wish.name).hash(), wish.acknowledged, wish.uncertain))
            .toList());
    Wish last = new Wish("last", topUp("last", Asset.CPC, 1_000));
    outside.run(() -> told(last));
    world.run();
    expect(last.acknowledged, "nobody can buy any more");
    return audit;
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
