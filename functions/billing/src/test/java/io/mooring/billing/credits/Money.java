package io.mooring.billing.credits;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Meter;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.commit.Usage;
import io.mooring.platform.commit.Write;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Credits as the product has them, on stores in memory, at a time that a test sets. */
final class Money {
  static final TenantId ACME = new TenantId("ten_acme");
  static final LedgerId LEDGER = new LedgerId(ACME, "led_first");

  final InMemoryStore store = new InMemoryStore();
  final InMemoryBlobs blobs = new InMemoryBlobs();
  Instant now = Instant.parse("2026-11-21T12:00:00Z");
  final InstantSource clock = () -> now;
  final Terms terms = (tenant, millis) -> Optional.of(Sheets.with(0, 0));
  final Desk desk = new Desk(store, clock, terms);
  final Caps caps = new Caps(store, desk, clock);
  final Escrows escrows = new Escrows(store, new Commits(store, blobs), terms, desk, caps);
  final GroupCommitter committer =
      GroupCommitter.racing(
              Stores.of(store, blobs, store),
              Rules.standard(),
              new ThreadPace(Clock.systemUTC(), Executors.newVirtualThreadPerTaskExecutor()),
              new SecureRandom())
          .metered(escrows);
  final Credits credits = new Credits(committer, store, desk);
  final Gathering gathering = new Gathering(committer, credits, escrows);
  private int topUps;

  Settled<?> topUp(long units) {
    return credits.topUp(
        Asked.by("operator"), ACME, "pur_" + ++topUps, new Amount(Asset.CPC, units));
  }

  /** What could be spent, wherever it waits. */
  long available() {
    return escrows.available(ACME).getOrDefault(Asset.CPC, 0L);
  }

  Outcome append() {
    return committer.commit(
        Write.to(LEDGER)
            .by("key_1")
            .entry(NewEntry.of("note", "", Content.json("{}")))
            .uses(new Usage(Meter.ENTRIES, 1)));
  }
}
