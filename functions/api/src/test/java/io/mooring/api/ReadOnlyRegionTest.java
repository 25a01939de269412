package io.mooring.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.commit.Write;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ReadOnlyRegionTest {
  private static final LedgerId LEDGER = LedgerId.journal(new TenantId("ten_acme"));
  private static final IdempotencyKey KEY = IdempotencyKey.of("ten_acme POST /", "the-only-key");

  private final InMemoryStore store = new InMemoryStore();
  private final Committer atHome =
      GroupCommitter.racing(
          Stores.of(store, new InMemoryBlobs(), store),
          Rules.standard(),
          new ThreadPace(Clock.systemUTC(), Executors.newVirtualThreadPerTaskExecutor()),
          new Random());

  @Test
  void awayFromHomeWritesAreRefusedAndReadsAreNot() {
    Committer away = in("us-east-1", "eu-central-1");
    assertInstanceOf(Outcome.Won.class, in("eu-central-1", "eu-central-1").commit(write()));

    RefusedException refused = assertThrows(RefusedException.class, () -> away.commit(write()));

    assertEquals(PlatformRefusal.REGION_READS_ONLY, refused.refusal());
    assertTrue(refused.detail().contains("eu-central-1"), refused.detail());
    assertEquals(1, store.tip(LEDGER).orElseThrow().number());
    assertEquals(0, away.find(LEDGER, KEY).orElseThrow().firstIndex());
  }

  @Test
  void whereNoHomeIsNamedEveryProcessIsAtHome() {
    assertSame(
        atHome, ReadOnlyRegion.unlessHome(atHome, Optional.of("us-east-1"), Optional.empty()));
  }

  @Test
  void whoDoesNotKnowWhereItRunsIsNotAtHome() {
    assertInstanceOf(
        ReadOnlyRegion.class,
        ReadOnlyRegion.unlessHome(atHome, Optional.empty(), Optional.of("eu-central-1")));
  }

  private Committer in(String here, String home) {
    return ReadOnlyRegion.unlessHome(atHome, Optional.of(here), Optional.of(home));
  }

  private static Write write() {
    return Write.to(LEDGER)
        .entry(NewEntry.of("note", "", Content.json("1")))
        .once(KEY, Hash.ofNothing());
  }
}
