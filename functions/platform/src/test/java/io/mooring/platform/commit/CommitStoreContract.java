package io.mooring.platform.commit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.CommitStore.Proposal;
import io.mooring.platform.commit.CommitStore.Put;
import io.mooring.platform.commit.CommitStore.Stored;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every commit store must do. Each adapter runs these tests by extending this class. */
public abstract class CommitStoreContract {
  protected static final TenantId ACME = new TenantId("ten_acme");
  protected static final LedgerId LEDGER = new LedgerId(ACME, "led_shipments");
  private static final Key MEMBER = Key.of(ACME, "MEMBER", "usr_1");
  private static final Key OTHER = Key.of(ACME, "MEMBER", "usr_2");
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** A store that nobody has written to, and the table that its effects show in. */
  public record Fresh(CommitStore commits, Table table) {}

  protected abstract Fresh fresh();

  @Test
  void startsEmpty() {
    CommitStore store = fresh().commits();
    assertTrue(store.tip(LEDGER).isEmpty());
    assertTrue(store.read(LEDGER, 1).isEmpty());
    assertEquals(List.of(), store.range(LEDGER, 1, 10));
  }

  @Test
  void keepsExactlyTheBytesOfEveryCommit() {
    CommitStore store = fresh().commits();
    assertEquals(new Put.Won(), put(store, 1, "one"));
    assertEquals(new Put.Won(), put(store, 2, "two"));

    Stored tip = store.tip(LEDGER).orElseThrow();
    assertEquals(2, tip.number());
    assertArrayEquals("two".getBytes(), tip.bytes());
    assertArrayEquals("one".getBytes(), store.read(LEDGER, 1).orElseThrow().bytes());
  }

  @Test
  void tellsTheLoserWhoTookTheNumber() {
    CommitStore store = fresh().commits();
    put(store, 1, "rival");
    Put.Lost lost = assertInstanceOf(Put.Lost.class, put(store, 1, "mine"));
    assertEquals(1, lost.current().number());
    assertArrayEquals("rival".getBytes(), lost.current().bytes());
    assertArrayEquals("rival".getBytes(), store.read(LEDGER, 1).orElseThrow().bytes());
  }

  @Test
  void tellsTheLoserWhoTookTheNumberWhenThereAreEffectsToo() {
    Fresh fresh = fresh();
    put(fresh.commits(), 1, "rival");
    Put.Lost lost =
        assertInstanceOf(
            Put.Lost.class, put(fresh.commits(), 1, "mine", Effect.create(MEMBER, "m".getBytes())));
    assertArrayEquals("rival".getBytes(), lost.current().bytes());
    assertEquals(Item.absent(MEMBER), fresh.table().get(MEMBER));
  }

  @Test
  void givesARangeInOrderWithoutAGap() {
    CommitStore store = fresh().commits();
    IntStream.rangeClosed(1, 12).forEach(n -> put(store, n, "commit " + n));
    assertEquals(
        List.of(9L, 10L, 11L), store.range(LEDGER, 9, 3).stream().map(Stored::number).toList());
    assertEquals(4, store.range(LEDGER, 9, CommitStore.RANGE_MAX).size());
    assertEquals(12, store.tip(LEDGER).orElseThrow().number());
  }

  @Test
  void neverShowsOneLedgerTheCommitsOfAnother() {
    CommitStore store = fresh().commits();
    put(store, 1, "one");
    for (LedgerId other :
        List.of(
            new LedgerId(new TenantId("ten_acme2"), LEDGER.value()),
            new LedgerId(ACME, "led_shipments2"),
            LedgerId.journal(ACME))) {
      assertTrue(store.tip(other).isEmpty());
      assertTrue(store.read(other, 1).isEmpty());
      assertEquals(List.of(), store.range(other, 1, 10));
    }
  }

  @Test
  void writesTheEffectsWithTheCommitAndItsNumber() {
    Fresh fresh = fresh();
    put(fresh.commits(), 1, "one", Effect.create(MEMBER, "a".getBytes()));
    assertEquals(new Item(MEMBER, 1, "a".getBytes()), fresh.table().get(MEMBER));

    put(fresh.commits(), 2, "two", Effect.put(fresh.table().get(MEMBER), "b".getBytes()));
    assertEquals(new Item(MEMBER, 2, "b".getBytes()), fresh.table().get(MEMBER));

    put(fresh.commits(), 3, "three", Effect.delete(fresh.table().get(MEMBER)));
    assertEquals(Item.absent(MEMBER), fresh.table().get(MEMBER));
  }

  @Test
  void writesNothingAtAllWhenAnEffectIsRefused() {
    Fresh fresh = fresh();
    put(fresh.commits(), 1, "one", Effect.create(MEMBER, "a".getBytes()));
    Effect clashing = Effect.create(MEMBER, "again".getBytes());

    Put.EffectsRefused refused =
        assertInstanceOf(
            Put.EffectsRefused.class,
            put(fresh.commits(), 2, "two", Effect.create(OTHER, "other".getBytes()), clashing));

    assertEquals(
        List.of(new CommitStore.RefusedEffect(clashing, new Item(MEMBER, 1, "a".getBytes()))),
        refused.refused());
    assertTrue(fresh.commits().read(LEDGER, 2).isEmpty());
    assertEquals(Item.absent(OTHER), fresh.table().get(OTHER));
  }

  @Test
  void judgesEveryKindOfCondition() {
    Fresh fresh = fresh();
    put(fresh.commits(), 1, "one", Effect.create(MEMBER, "a".getBytes()));
    List<Condition> holding = List.of(new Condition.Present(), new Condition.AtVersion(1));
    List<Condition> failing =
        List.of(new Condition.Absent(), new Condition.AtVersion(0), new Condition.AtVersion(7));
    long number = 2;
    for (Condition condition : holding) {
      assertEquals(
          new Put.Won(),
          put(fresh.commits(), number++, "holds", new Effect.Check(MEMBER, condition)));
    }
    for (Condition condition : failing) {
      assertInstanceOf(
          Put.EffectsRefused.class,
          put(fresh.commits(), number, "fails", new Effect.Check(MEMBER, condition)));
      assertInstanceOf(
          Put.EffectsRefused.class,
          put(fresh.commits(), number, "fails", new Effect.Delete(MEMBER, condition)));
    }
    assertEquals(
        new Put.Won(), put(fresh.commits(), number++, "ok", Effect.check(Item.absent(OTHER))));
  }

  @Test
  void takesAsManyEffectsAsAWriteMayHave() {
    Fresh fresh = fresh();
    Effect[] effects =
        IntStream.range(0, Write.EFFECTS_MAX)
            .mapToObj(i -> Effect.create(Key.of(ACME, "MEMBER", "usr_" + i), "x".getBytes()))
            .toArray(Effect[]::new);
    assertEquals(new Put.Won(), put(fresh.commits(), 1, "one", effects));
  }

  @Test
  void takesTheLargestRecordAndTheLargestItem() {
    Fresh fresh = fresh();
    byte[] record = new byte[CommitCbor.BYTES_MAX - 4096];
    assertEquals(
        new Put.Won(), fresh.commits().put(new Proposal(LEDGER, 1, record, List.of()), TIMEOUT));
    byte[] body = new byte[Item.BODY_BYTES_MAX - 4096];
    assertEquals(new Put.Won(), put(fresh.commits(), 2, "two", Effect.create(MEMBER, body)));
    assertEquals(new Item(MEMBER, 2, body), fresh.table().get(MEMBER));
  }

  @Test
  void letsOneOfManyRacingWritersWin() throws Exception {
    CommitStore store = fresh().commits();
    int racers = 16;
    try (ExecutorService threads = Executors.newFixedThreadPool(racers)) {
      List<Callable<Put>> puts = new ArrayList<>();
      for (int i = 0; i < racers; i++) {
        String bytes = "racer " + i;
        puts.add(() -> put(store, 1, bytes));
      }
      int won = 0;
      for (Future<Put> put : threads.invokeAll(puts)) {
        won += put.get() instanceof Put.Won ? 1 : 0;
      }
      assertEquals(1, won);
    }
  }

  @Test
  void putsAnItemRightWithoutACommit() {
    Fresh fresh = fresh();
    Mending mending = assertInstanceOf(Mending.class, fresh.commits());
    put(fresh.commits(), 1, "one", Effect.create(MEMBER, "a".getBytes()));
    Item made = new Item(MEMBER, 1, "a".getBytes());
    Item other = new Item(MEMBER, 1, "b".getBytes());

    assertTrue(mending.mend(LEDGER, 1, made, other));
    assertEquals(other, fresh.table().get(MEMBER));
    assertTrue(mending.mend(LEDGER, 1, other, Item.absent(MEMBER)));
    assertEquals(Item.absent(MEMBER), fresh.table().get(MEMBER));
    assertTrue(mending.mend(LEDGER, 1, Item.absent(MEMBER), made));
    assertEquals(made, fresh.table().get(MEMBER));
    assertEquals(1, fresh.commits().tip(LEDGER).orElseThrow().number());
  }

  @Test
  void putsNothingRightThatIsNoLongerWhatWasFoundOrWhoseLedgerHasGoneOn() {
    Fresh fresh = fresh();
    Mending mending = assertInstanceOf(Mending.class, fresh.commits());
    put(fresh.commits(), 1, "one", Effect.create(MEMBER, "a".getBytes()));
    Item made = new Item(MEMBER, 1, "a".getBytes());
    Item right = new Item(MEMBER, 1, "right".getBytes());

    assertFalse(mending.mend(LEDGER, 1, Item.absent(MEMBER), right));
    assertFalse(mending.mend(LEDGER, 1, new Item(MEMBER, 2, "a".getBytes()), right));
    assertFalse(mending.mend(LEDGER, 1, new Item(MEMBER, 1, "z".getBytes()), right));
    put(fresh.commits(), 2, "two");
    assertFalse(mending.mend(LEDGER, 1, made, right));
    assertFalse(mending.mend(LEDGER, 1, made, Item.absent(MEMBER)));
    assertEquals(made, fresh.table().get(MEMBER));
  }

  private static Put put(CommitStore store, long number, String bytes, Effect... effects) {
    return store.put(new Proposal(LEDGER, number, bytes.getBytes(), List.of(effects)), TIMEOUT);
  }
}
