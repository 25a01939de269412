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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What metering costs, without HTTP, on the in-memory engine: {@code -Dtest=BillingBench
 * -Dbench=all}. Loads with and without usages take turns, so that whatever else the machine does
 * slows both.
 */
@EnabledIfSystemProperty(
    named = "bench",
    matches = ".+",
    disabledReason = "a benchmark, not a test")
class BillingBench {
  private static final int TURNS = 16;
  private static final long WARM_UP_MILLIS = Long.getLong("warmUp", 3_000);
  private static final long MILLIS = Long.getLong("millis", 1_000);
  private static final int BATCH = 1_000;
  private static final int ENTRY_BYTES = 250;
  private static final int CLIENTS = 64;
  private static final int TENANTS = 64;
  private static final int LEDGERS = 8;
  private static final int READS = 5_000;
  private static final long PLENTY = 1_000_000_000_000_000L;

  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryBlobs blobs = new InMemoryBlobs();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Pace pace = new ThreadPace(Clock.systemUTC(), threads);
  private final Optional<PriceSheet> sheet = Optional.of(Sheets.with(0, 0));
  private final Terms terms = (tenant, millis) -> sheet;
  private final Desk desk = new Desk(store, Clock.systemUTC(), terms);
  private final Caps caps = new Caps(store, desk, Clock.systemUTC());
  private final Escrows escrows = new Escrows(store, new Commits(store, blobs), terms, desk, caps);
  private final GroupCommitter committer =
      GroupCommitter.racing(
              Stores.of(store, blobs, store), Rules.standard(), pace, new SecureRandom())
          .metered(escrows);
  private final Credits credits = new Credits(committer, store, desk);
  private final AtomicLong numbers = new AtomicLong();

  @Test
  void measures() throws Exception {
    metering("batches of " + BATCH + ", 4 clients", 4, BATCH);
    metering("single writes, " + CLIENTS + " clients", CLIENTS, 1);
    transfers();
    reads();
  }

  private void metering(String name, int clients, int entries) throws Exception {
    var tenant = new TenantId("ten_append" + entries);
    topUp(tenant);
    var free = new LedgerId(tenant, "led_free");
    var metered = new LedgerId(tenant, "led_metered");
    load(clients, WARM_UP_MILLIS, client -> append(free, entries, false));
    load(clients, WARM_UP_MILLIS, client -> append(metered, entries, true));
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      // The first of a pair changes, too: ABBA.
      boolean meteredFirst = turn % 2 == 1;
      if (meteredFirst) {
        with.add(load(clients, MILLIS, client -> append(metered, entries, true)));
      }
      without.add(load(clients, MILLIS, client -> append(free, entries, false)));
      if (!meteredFirst) {
        with.add(load(clients, MILLIS, client -> append(metered, entries, true)));
      }
    }

    for (LedgerId ledger : List.of(free, metered)) {
      assertEquals(List.of(), new LedgerCheck(store, blobs).check(ledger).damage());
    }
    // Each pair ran one after the other, so what the machine did beside them slowed both.
    List<Double> ratios = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      ratios.add((with.get(turn) / without.get(turn) - 1) * 100);
    }
    Collections.sort(ratios);
    row(
        "appends, %s: %,.0f/s without usages, %,.0f/s metered, %+.1f %% (median of %d pairs,"
            + " half of them from %+.1f to %+.1f %%)",
        name,
        median(without),
        median(with),
        median(ratios),
        TURNS,
        ratios.get(TURNS / 4),
        ratios.get(TURNS - 1 - TURNS / 4));
  }

  /** A transfer moves units of one tenant between its accounts, in a commit of its journal. */
  private void transfers() throws Exception {
    List<TenantId> tenants = new ArrayList<>();
    for (int i = 0; i < TENANTS; i++) {
      tenants.add(new TenantId("ten_pays" + i));
      topUp(tenants.getLast());
    }
    load(CLIENTS, WARM_UP_MILLIS, client -> transfer(tenants.get(client)));
    double rate = load(CLIENTS, MILLIS * TURNS, client -> transfer(tenants.get(client)));

    for (TenantId tenant : tenants) {
      assertEquals(0, credits.purses(tenant).cpc().held());
    }
    row("transfers (hold, void) among the accounts of %d tenants: %,.0f/s", TENANTS, rate);
  }

  private void reads() {
    var tenant = new TenantId("ten_reads");
    topUp(tenant);
    for (int i = 0; i < LEDGERS; i++) {
      append(new LedgerId(tenant, "led_number" + i), 1, true);
    }
    long[] nanos = new long[READS];
    for (int i = -READS; i < READS; i++) {
      long began = System.nanoTime();
      escrows.available(tenant);
      credits.purses(tenant);
      if (i >= 0) {
        nanos[i] = System.nanoTime() - began;
      }
    }
    Arrays.sort(nanos);
    row(
        "balance with %d ledgers: p50 %.3f ms, p99 %.3f ms",
        LEDGERS, nanos[READS / 2] / 1e6, nanos[READS * 99 / 100] / 1e6);
  }

  private void topUp(TenantId tenant) {
    credits.topUp(Asked.by("operator"), tenant, "pur_1", new Amount(Asset.CPC, PLENTY));
  }

  private int append(LedgerId ledger, int entries, boolean metered) {
    byte[] bytes = new byte[ENTRY_BYTES];
    java.util.concurrent.ThreadLocalRandom.current().nextBytes(bytes);
    List<NewEntry> list = new ArrayList<>(entries);
    for (int i = 0; i < entries; i++) {
      list.add(NewEntry.of("bench", "", Content.of("application/octet-stream", bytes)));
    }
    Write write = Write.to(ledger).by("key_bench").entries(list);
    if (metered) {
      write =
          write
              .uses(new Usage(Meter.ENTRIES, entries))
              .uses(new Usage(Meter.ENTRY_BYTES, (long) entries * ENTRY_BYTES));
    }
    return committer.commit(write, Duration.ofSeconds(30)) instanceof Outcome.Won ? entries : 0;
  }

  private int transfer(TenantId tenant) {
    String id = "hold_" + numbers.incrementAndGet();
    var asked = Asked.<io.mooring.billing.Hold>by("bench");
    var held = credits.hold(asked, tenant, id, new Amount(Asset.CPC, 7), Long.MAX_VALUE);
    var ended = credits.voided(asked, tenant, id);
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
