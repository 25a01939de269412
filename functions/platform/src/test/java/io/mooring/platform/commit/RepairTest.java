package io.mooring.platform.commit;

import static io.mooring.platform.commit.Bed.ACME;
import static io.mooring.platform.commit.Bed.LEDGER;
import static io.mooring.platform.commit.Bed.MEMBER;
import static io.mooring.platform.commit.Bed.body;
import static io.mooring.platform.commit.Bed.key;
import static io.mooring.platform.commit.Bed.won;
import static io.mooring.platform.commit.Bed.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.commit.CommitStore.Proposal;
import io.mooring.platform.commit.RepairReport.Mended;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each half that a restore may leave of a transaction, and what a repair makes of it. */
class RepairTest {
  private static final LedgerId JOURNAL = LedgerId.journal(ACME);
  private static final Key OTHER = Key.of(ACME, "MEMBER", "usr_2");

  private final Bed bed = new Bed();

  /** A member that is made, changed, and changed again, beside one that is made and deleted. */
  @BeforeEach
  void fiveCommits() {
    GroupCommitter committer = bed.committer();
    won(committer.commit(journal("made").effect(Effect.create(MEMBER, bytes("a")))));
    won(committer.commit(journal("other").effect(Effect.create(OTHER, bytes("o")))));
    won(committer.commit(journal("changed").effect(Effect.put(now(MEMBER), bytes("b")))));
    won(committer.commit(journal("gone").effect(Effect.delete(now(OTHER)))));
    won(
        committer.commit(
            journal("again")
                .effect(Effect.put(now(MEMBER), bytes("c")))
                .once(key("again"), body("again"))));
  }

  @Test
  void whatIsWholeIsLeftAsItIs() {
    RepairReport report = repair(JOURNAL);

    assertEquals(List.of(), report.mended());
    assertEquals(5, report.commits());
    assertEquals(5, report.ofCommits());
    assertEquals(5, report.entries());
  }

  @Test
  void aCommitWithoutItsChangeIsMadeTrue() {
    tear(new Item(MEMBER, 3, bytes("b")));
    assertEquals(List.of(new Mended(MEMBER, 5)), repair(JOURNAL).mended());
    assertWhole();
  }

  @Test
  void aCommitWithoutWhatItMadeIsMadeTrue() {
    bed.store.delete(List.of(MEMBER));
    assertEquals(List.of(new Mended(MEMBER, 5)), repair(JOURNAL).mended());
    assertWhole();
  }

  @Test
  void aCommitWithoutItsDeletionIsMadeTrue() {
    tear(new Item(OTHER, 2, bytes("o")));
    assertEquals(List.of(new Mended(OTHER, 4)), repair(JOURNAL).mended());
    assertWhole();
  }

  @Test
  void aChangeWithoutItsCommitIsTakenBack() {
    tear(new Item(MEMBER, 6, bytes("d")));
    assertEquals(List.of(new Mended(MEMBER, 5)), repair(JOURNAL).mended());
    assertWhole();
  }

  @Test
  void aDeletionWithoutItsCommitIsTakenBack() {
    won(bed.committer().commit(journal("third").effect(Effect.create(OTHER, bytes("p")))));
    bed.store.delete(List.of(OTHER));
    assertEquals(List.of(new Mended(OTHER, 6)), repair(JOURNAL).mended());
    assertEquals(new Item(OTHER, 6, bytes("p")), now(OTHER));
  }

  @Test
  void whatWasMadeByACommitThatIsGoneIsPutOut() {
    Key orphan = Key.of(ACME, "MEMBER", "usr_orphan");
    Key contract = Key.of(LEDGER, "CONTRACT", "0xabc");
    Key index = Key.of(JOURNAL, "I", "f".repeat(64));
    Key watermark = Key.of(JOURNAL, "W", "tiles");
    for (Key made : List.of(orphan, index, watermark, contract)) {
      tear(new Item(made, 6, bytes("x")));
    }

    assertEquals(
        List.of(new Mended(index, 0), new Mended(watermark, 0), new Mended(orphan, 0)),
        repair(JOURNAL).mended());
    assertEquals(List.of(new Mended(contract, 0)), repair(LEDGER).mended());
    assertWhole();
  }

  @Test
  void whatAnotherLedgersCommitWroteIsNotTouched() {
    Key ledger = Key.of(ACME, "LEDGER", LEDGER.value());
    won(bed.committer().commit(journal("a ledger").effect(Effect.create(ledger, bytes("l")))));
    GroupCommitter committer = bed.committer();
    for (int i = 0; i < 8; i++) {
      won(committer.commit(write("entry " + i)));
    }
    Key closed = Key.of(ACME, "LEDGERCLOSED", LEDGER.value());
    Key erased = Erased.key(LEDGER, 0);
    Key unheardOf = Key.of(ACME, "UNHEARDOF", "1");
    won(
        committer.commit(
            write("closed and erased")
                .effect(Effect.create(closed, new byte[0]))
                .effect(Effect.create(erased, bytes(LEDGER.value())))
                .effect(Effect.create(unheardOf, bytes("by a ledger that says so nowhere")))));

    assertEquals(List.of(), repair(JOURNAL).mended());
    assertEquals(List.of(), repair(LEDGER).mended());
    tear(new Item(closed, 10, new byte[0]));
    tear(new Item(erased, 10, bytes(LEDGER.value())));
    assertEquals(List.of(), repair(JOURNAL).mended());
    assertEquals(List.of(new Mended(erased, 9), new Mended(closed, 9)), repair(LEDGER).mended());
  }

  @Test
  void whatATenantWroteInTheOperatorsPartitionIsJudgedByTheTenantsJournal() {
    LedgerId operators = LedgerId.journal(TenantId.OPERATOR);
    Key listed = Key.of(TenantId.OPERATOR, "TENANTS", "ten_acme");
    Key slot = Key.of(TenantId.OPERATOR, "SLOT", "1");
    Key later = Key.of(TenantId.OPERATOR, "SLOT", "2");
    GroupCommitter committer = bed.committer();
    won(
        committer.commit(
            Write.to(operators)
                .entry(NewEntry.of("tenant.listed", "", Content.json("1")))
                .effect(Effect.create(listed, new byte[0]))));
    won(
        committer.commit(
            journal("slot").effect(Effect.create(slot, bytes("ten_acme/led_journal")))));
    tear(new Item(later, 7, bytes("ten_acme/led_shipments")));

    assertEquals(List.of(new Mended(later, 0)), repair(operators).mended());
    assertEquals(6, now(slot).version());
  }

  @Test
  void aRepetitionIsKnownAgainWhoseIndexWasLost() {
    Key index =
        bed.store.items().keySet().stream()
            .filter(each -> each.sort().startsWith("I#"))
            .findFirst()
            .orElse(Key.of(JOURNAL, "I", key("again").hash().toString()));
    bed.store.delete(List.of(index));
    repair(JOURNAL);
    assertTrue(bed.store.get(index).exists(), index.toString());
    assertInstanceOf(
        Outcome.Replayed.class,
        bed.committer().commit(journal("again").once(key("again"), body("again"))));
  }

  @Test
  void aLedgerThatHoldsLessThanWasPublishedIsNotRepaired() {
    new PublishedHeads(bed.blobs)
        .publish(JOURNAL, bed.store.read(JOURNAL, 5).orElseThrow().commit());
    InMemoryStore earlier = new InMemoryStore();
    for (long n = 1; n <= 4; n++) {
      byte[] record = bed.store.read(JOURNAL, n).orElseThrow().bytes();
      earlier.put(new Proposal(JOURNAL, n, record, List.of()), Duration.ofSeconds(1));
    }
    earlier.put(List.of(new Derived(new Item(MEMBER, 5, bytes("c")), Derived.NEVER)));

    RefusedException refused =
        assertThrows(RefusedException.class, () -> repair(earlier, JOURNAL, Duration.ofHours(1)));

    assertEquals(PlatformRefusal.LEDGER_FROZEN, refused.refusal());
    assertEquals(new Item(MEMBER, 5, bytes("c")), earlier.get(MEMBER));
  }

  @Test
  void commitsThatDoNotFollowEachOtherTellNothing() {
    Commit third = bed.store.read(JOURNAL, 3).orElseThrow().commit();
    bed.store.overwrite(
        JOURNAL,
        3,
        new Commit(
                third.number(),
                third.start(),
                third.frontier(),
                third.previous(),
                third.timeMillis() + 1,
                third.indexed(),
                third.closed(),
                third.carriage())
            .toBytes());
    tear(new Item(MEMBER, 3, bytes("b")));

    RefusedException refused = assertThrows(RefusedException.class, () -> repair(JOURNAL));

    assertEquals(PlatformRefusal.LEDGER_FROZEN, refused.refusal());
    assertTrue(refused.getMessage().contains("commit 4 does not follow"), refused.getMessage());
    assertEquals(new Item(MEMBER, 3, bytes("b")), now(MEMBER));
  }

  @Test
  void aRepairIsDoneInPartsAndGoesOnWhereOneEnded() {
    GroupCommitter committer = bed.committer();
    for (int i = 0; i < 60; i++) {
      won(
          committer.commit(
              journal("more " + i)
                  .effect(Effect.create(Key.of(ACME, "MORE", "m" + i), bytes("m")))));
    }
    for (int i = 0; i < 60; i += 7) {
      bed.store.delete(List.of(Key.of(ACME, "MORE", "m" + i)));
    }
    Key orphan = Key.of(ACME, "MORE", "orphan");
    tear(new Item(orphan, 66, bytes("x")));

    List<Mended> mended = new ArrayList<>();
    int parts = 0;
    String next = "";
    do {
      RepairReport part = repairs(bed.store).repair(JOURNAL, next, Duration.ZERO);
      mended.addAll(part.mended());
      next = part.next();
      parts++;
    } while (!next.isEmpty());

    assertTrue(parts > 5, parts + " parts");
    assertEquals(9 + 1, mended.size());
    assertEquals(new Mended(orphan, 0), mended.getLast());
    assertWhole();
  }

  @Test
  void whereARepairGoesOnIsKeptAndNotBent() {
    String unknown = "0".repeat(64);
    RefusedException refused =
        assertThrows(
            RefusedException.class,
            () -> repairs(bed.store).repair(JOURNAL, unknown, Duration.ZERO));
    assertEquals(PlatformRefusal.CURSOR_INVALID, refused.refusal());
    String next = repairs(bed.store).repair(JOURNAL, "", Duration.ZERO).next();
    assertTrue(
        bed.blobs.list(BlobName.scrubs(JOURNAL), "").stream()
            .anyMatch(listed -> listed.name().last().equals(next)));
  }

  @Test
  void aLedgerThatIsWrittenToMeanwhileComesToNoHarm() throws Exception {
    tear(new Item(OTHER, 2, bytes("o")));
    GroupCommitter committer = bed.committer();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 200; i++) {
                    Write write = journal("live " + i);
                    won(
                        committer.commit(
                            i % 3 == 2
                                ? write.effect(Effect.delete(now(MEMBER)))
                                : write.effect(Effect.put(now(MEMBER), bytes("live " + i)))));
                  }
                });
    List<Mended> mended = new ArrayList<>();
    while (writer.isAlive()) {
      mended.addAll(repair(JOURNAL).mended());
    }
    writer.join();
    mended.addAll(repair(JOURNAL).mended());

    assertEquals(List.of(new Mended(OTHER, 4)), mended);
    assertEquals(205, assertWhole().commits());
  }

  private RepairReport repair(LedgerId ledger) {
    return repair(bed.store, ledger, Duration.ofHours(1));
  }

  private RepairReport repair(InMemoryStore store, LedgerId ledger, Duration atMost) {
    RepairReport report = repairs(store).repair(ledger, "", atMost);
    assertEquals("", report.next());
    return report;
  }

  private Repair repairs(InMemoryStore store) {
    AtomicLong millis = new AtomicLong(Instant.now().toEpochMilli());
    InstantSource clock = () -> Instant.ofEpochMilli(millis.getAndIncrement());
    return new Repair(store, store, store, store, bed.blobs, clock);
  }

  /** Puts the item where it would stand if the restore had come a moment earlier or later. */
  private void tear(Item item) {
    bed.store.put(List.of(new Derived(item, Derived.NEVER)));
  }

  private Item now(Key key) {
    return bed.store.get(key);
  }

  private LedgerCheck.Report assertWhole() {
    LedgerCheck.Report report = new LedgerCheck(bed.store, bed.blobs).check(JOURNAL, bed.store);
    assertEquals(List.of(), report.damage());
    return report;
  }

  private static Write journal(String payload) {
    return Write.to(JOURNAL).entry(NewEntry.of("note", "", Content.json("\"" + payload + "\"")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
