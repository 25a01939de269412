package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Key;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;

/**
 * Stores in memory, real threads, and a wall clock that a test can set: what a commit stands on.
 */
final class Bed {
  static final TenantId ACME = new TenantId("ten_acme");
  static final LedgerId LEDGER = new LedgerId(ACME, "led_shipments");
  static final Key MEMBER = Key.of(ACME, "MEMBER", "usr_1");

  final InMemoryStore store = new InMemoryStore();
  final InMemoryBlobs blobs = new InMemoryBlobs();
  private long wallOffsetMillis;

  /** Lets the wall clock jump, of processes that start from now on and of those that run. */
  void jump(long millis) {
    wallOffsetMillis += millis;
  }

  Pace pace() {
    InstantSource wall = () -> Instant.now().plusMillis(wallOffsetMillis);
    Clock clock =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return wall.instant();
          }
        };
    return new ThreadPace(clock, Executors.newVirtualThreadPerTaskExecutor());
  }

  /** A process that has just started. */
  GroupCommitter committer() {
    return committer(store, blobs, store);
  }

  GroupCommitter committer(CommitStore commits, Blobs objects, DerivedItems items) {
    return GroupCommitter.racing(
        Stores.of(commits, objects, items), Rules.standard(), pace(), new Random());
  }

  static Write write(String... payloads) {
    return Write.to(LEDGER)
        .entries(
            List.of(payloads).stream()
                .map(payload -> NewEntry.of("note", "", Content.json(payload)))
                .toList());
  }

  static IdempotencyKey key(String text) {
    return IdempotencyKey.of(ACME + " POST /v1/notes", text);
  }

  static Hash body(String text) {
    return Hash.ofBytes(text.getBytes());
  }

  static Receipt won(Outcome outcome) {
    if (outcome instanceof Outcome.Won(Receipt receipt)) {
      return receipt;
    }
    throw new AssertionError("not won: " + outcome);
  }

  /** The ledger, checked whole. */
  LedgerCheck.Report checked() {
    LedgerCheck.Report report = new LedgerCheck(store, blobs).check(LEDGER, store);
    if (!report.damage().isEmpty()) {
      throw new AssertionError(report.damage().toString());
    }
    return report;
  }
}
