package io.mooring.billing.credits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Meter;
import io.mooring.billing.PriceSheet;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.LedgerCheck;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Pace;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.commit.Usage;
import io.mooring.platform.commit.Write;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What metering costs, without HTTP, on the in-memory engine: {@code -Dtest=BillingBench
 * -Dbench=all -Dtests.heap=6g}. Loads that are metered and loads on a platform without prices take
 * turns, so that whatever else the machine does slows both.
 */
@EnabledIfSystemProperty(
    named = "bench",
    matches = ".+",
    disabledReason = "a benchmark, not a test")
class BillingBench {
  private static final int TURNS = 16;
  private static final long WARM_UP_MILLIS = Long.getLong("warmUp", 3_000);
  private static final long MILLIS = Long.getLong("millis", 1_000);

  /** Before a turn's clock runs: a new ledger's deposits are small at first, and grow with use. */
  private static final long ENTER_MILLIS = Long.getLong("enter", 500);

  private static final int BATCH = 1_000;
  private static final int ENTRY_BYTES = 250;
  private static final int CLIENTS = 64;
  private static final int TENANTS = 64;
  private static final int LEDGERS = 8;
  private static final int READS = 5_000;
  private static final long PLENTY = 1_000_000_000_000_000L;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Pace pace = new ThreadPace(Clock.systemUTC(), threads);
  private final Optional<PriceSheet> sheet = Optional.of(Sheets.with(0, 0));
  private final AtomicLong numbers = new AtomicLong();

  /** Stores with nothing in them: what one turn leaves there is no burden of the next. */
  private final class Deployment {
    private final InMemoryStore store = new InMemoryStore();
    private final InMemoryBlobs blobs = new InMemoryBlobs();
    private final Terms terms = (tenant, millis) -> sheet;
    private final Desk desk = new Desk(store, Clock.systemUTC(), terms);
    private final Caps caps = new Caps(store, desk, Clock.systemUTC());
    private final Escrows escrows =
        new Escrows(store, new Commits(store, blobs), terms, desk, caps);
    private final GroupCommitter unmetered =
        GroupCommitter.racing(
            Stores.of(store, blobs, store), Rules.standard(), pace, new SecureRandom());
    private final GroupCommitter metered = unmetered.metered(escrows);
    private final Credits credits = new Credits(metered, store, desk);

    private void topUp(TenantId tenant) {
      credits.topUp(Asked.by("operator"), tenant, "pur_1", new Amount(Asset.CPC, PLENTY));
    }
  }

  @Test
  void measures() throws Exception {
    metering("batches of " + BATCH + ", 4 clients", 4, BATCH);
    metering("single writes, " + CLIENTS + " clients", CLIENTS, 1);
    transfers();
    reads();
  }

  private void metering(String name, int clients, int entries) throws Exception {
    turn(clients, WARM_UP_MILLIS, entries, false);
    turn(clients, WARM_UP_MILLIS, entries, true);
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      // The first of a pair changes, too: ABBA.
      boolean meteredFirst = turn % 2 == 1;
      if (meteredFirst) {
        with.add(turn(clients, MILLIS, entries, true));
      }
      without.add(turn(clients, MILLIS, entries, false));
      if (!meteredFirst) {
        with.add(turn(clients, MILLIS, entries, true));
      }
    }

    // Each pair ran one after the other, so what the machine did beside them slowed both.
    List<Double> ratios = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      ratios.add((with.get(turn) / without.get(turn) - 1) * 100);
    }
    Collections.sort(ratios);
    row(
        "appends, %s: %,.0f/s unmetered, %,.0f/s metered, %+.1f %% (median of %d pairs,"
            + " half of them from %+.1f to %+.1f %%)",
        name,
        median(without),
        median(with),
        median(ratios),
        TURNS,
        ratios.get(TURNS / 4),
        ratios.get(TURNS - 1 - TURNS / 4));
  }

  /** Appends to a new ledger on new stores for a while; how many entries a second that were. */
  private double turn(int clients, long millis, int entries, boolean metered) throws Exception {
    System.gc(); // nobody pays for what the turn before left
    Deployment fresh = new Deployment();
    var tenant = new TenantId("ten_append");
    var ledger = new LedgerId(tenant, "led_append");
    fresh.topUp(tenant);
    load(clients, ENTER_MILLIS, client -> append(fresh, ledger, entries, metered));
    double rate = load(clients, millis, client -> append(fresh, ledger, entries, metered));

    assertEquals(List.of(), new LedgerCheck(fresh.store, fresh.blobs).check(ledger).damage());
    long charged = PLENTY - available(fresh, tenant);
    assertEquals(metered, charged > 0, charged + " units were charged");
    return rate;
  }

  private static long available(Deployment fresh, TenantId tenant) {
    return fresh.escrows.available(tenant).get(Asset.CPC);
  }

  /** A transfer moves units of one tenant between its accounts, in a commit of its journal. */
  private void transfers() throws Exception {
    Deployment fresh = new Deployment();
    List<TenantId> tenants = new ArrayList<>();
    for (int i = 0; i < TENANTS; i++) {
      tenants.add(new TenantId("ten_pays" + i));
      fresh.topUp(tenants.getLast());
    }
    load(CLIENTS, WARM_UP_MILLIS, client -> transfer(fresh, tenants.get(client)));
    double rate = load(CLIENTS, MILLIS * TURNS, client -> transfer(fresh, tenants.get(client)));

    for (TenantId tenant : tenants) {
      assertEquals(0, fresh.credits.purses(tenant).cpc().held());
    }
    row("transfers (hold, void) among the accounts of %d tenants: %,.0f/s", TENANTS, rate);
  }

  private void reads() {
    Deployment fresh = new Deployment();
    var tenant = new TenantId("ten_reads");
    fresh.topUp(tenant);
    for (int i = 0; i < LEDGERS; i++) {
      append(fresh, new LedgerId(tenant, "led_number" + i), 1, true);
    }
    long[] nanos = new long[READS];
    for (int i = -READS; i < READS; i++) {
      long began = System.nanoTime();
      fresh.escrows.available(tenant);
      fresh.credits.purses(tenant);
      if (i >= 0) {
        nanos[i] = System.nanoTime() - began;
      }
    }
    Arrays.sort(nanos);
    row(
        "balance with %d ledgers: p50 %.3f ms, p99 %.3f ms",
        LEDGERS, nanos[READS / 2] / 1e6, nanos[READS * 99 / 100] / 1e6);
  }

  private static int append(Deployment to, LedgerId ledger, int entries, boolean metered) {
    byte[] bytes = new byte[ENTRY_BYTES];
    ThreadLocalRandom.current().nextBytes(bytes);
    List<NewEntry> list = new ArrayList<>(entries);
    for (int i = 0; i < entries; i++) {
      list.add(NewEntry.of("bench", "", Content.of("application/octet-stream", bytes)));
    }
    Write write = Write.to(ledger).by("key_bench").entries(list);
    if (metered) {
      write =
          write.uses(
              List.of(
                  new Usage(Meter.ENTRIES, entries),
                  new Usage(Meter.ENTRY_BYTES, (long) entries * ENTRY_BYTES)));
    }
    GroupCommitter committer = metered ? to.metered : to.unmetered;
    return committer.commit(write, Duration.ofSeconds(30)) instanceof Outcome.Won ? entries : 0;
  }

  private int transfer(Deployment in, TenantId tenant) {
    String id = "hold_" + numbers.incrementAndGet();
    var asked = Asked.<io.mooring.billing.Hold>by("bench");
    var held = in.credits.hold(asked, tenant, id, new Amount(Asset.CPC, 7), Long.MAX_VALUE);
    var ended = in.credits.voided(asked, tenant, id);
    return (held instanceof Settled.Done ? 1 : 0) + (ended instanceof Settled.Done ? 1 : 0);
  }

  /** What one client does; how much it got done. */
  private interface Client {
    int once(int client);
  }

  private double load(int clients, long millis, Client client) throws Exception {
    long began = System.nanoTime();
    long end = began + Duration.ofMillis(millis).toNanos();
    List<Future<Long>> running = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      int number = i;
      running.add(
          threads.submit(
              () -> {
                long done = 0;
                while (System.nanoTime() < end) {
                  done += client.once(number);
                }
                return done;
              }));
    }
    long done = 0;
    for (Future<Long> one : running) {
      done += one.get();
    }
    return done * 1e9 / (System.nanoTime() - began);
  }

  private static double median(List<Double> rates) {
    double[] sorted = rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static void row(String format, Object... values) {
    System.out.println("| " + String.format(Locale.ROOT, format, values) + " |");
  }
}
