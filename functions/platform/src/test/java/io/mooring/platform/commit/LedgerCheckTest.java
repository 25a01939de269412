package io.mooring.platform.commit;

import static io.mooring.platform.commit.Bed.LEDGER;
import static io.mooring.platform.commit.Bed.MEMBER;
import static io.mooring.platform.commit.Bed.won;
import static io.mooring.platform.commit.Bed.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.blob.BlobName;
import io.mooring.platform.commit.CommitStore.Proposal;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is damaged at rest is named, and nobody goes on writing on top of it. */
class LedgerCheckTest {
  private static final String LARGE = "\"" + "x".repeat(9_000) + "\"";

  private final Bed bed = new Bed();

  @BeforeEach
  void fourCommits() {
    GroupCommitter committer = bed.committer();
    won(committer.commit(write("one")));
    won(committer.commit(write(LARGE)));
    won(committer.commit(write("member").effect(Effect.create(MEMBER, "m".getBytes()))));
    won(committer.commit(write("four")));
    assertEquals(4, bed.checked().commits());
  }

  @Test
  void aFlippedBitInASegmentFailsClosedAndIsNamed() {
    BlobName name = segment();
    byte[] bytes = bed.blobs.get(name).orElseThrow();
    bytes[bytes.length / 2] ^= 1;
    bed.blobs.replace(name, bytes);

    assertDamage("commit 2: commit 2: segment " + name + " has other bytes");
    Commits commits = new Commits(bed.store, bed.blobs);
    Commit second = commits.read(LEDGER, 2).orElseThrow();
    assertThrows(TamperedException.class, () -> commits.body(LEDGER, second));
  }

  @Test
  void aMissingSegmentIsNamed() {
    bed.blobs.delete(segment());
    assertDamage("commit 2: commit 2: no segment " + segment());
  }

  @Test
  void anOverwrittenRecordIsNoticedByTheOneAfterIt() {
    Commit honest = bed.store.read(LEDGER, 2).orElseThrow().commit();
    Commit forged =
        new Commit(
            honest.number(),
            honest.start(),
            honest.frontier(),
            honest.previous(),
            honest.timeMillis() + 1,
            honest.indexed(),
            honest.closed(),
            honest.carriage());
    bed.store.overwrite(LEDGER, 2, forged.toBytes());
    assertDamage("commit 3: it does not name the one before");
  }

  @Test
  void aRecordOfANewerVersionIsRefusedByItsVersion() {
    byte[] record = bed.store.read(LEDGER, 4).orElseThrow().bytes();
    record[2] = 3; // map head, key 1, then the version
    bed.store.overwrite(LEDGER, 4, record);
    assertDamage("commit 4: commit records of version 3 are not known here");
    assertThrows(UnknownVersionException.class, () -> bed.committer().commit(write("five")));
    assertThrows(UnknownVersionException.class, () -> bed.committer().commit(write("again")));
  }

  @Test
  void anItemThatNoCommitWroteSoIsNamed() {
    bed.store.put(List.of(new Derived(new Item(MEMBER, 3, "n".getBytes()), Derived.NEVER)));
    LedgerCheck.Report report = new LedgerCheck(bed.store, bed.blobs).check(LEDGER, bed.store);
    assertEquals(1, report.damage().size());
    assertTrue(report.damage().getFirst().startsWith("item " + MEMBER), report.damage().toString());
  }

  @Test
  void aTableThatWasPutBackToAnEarlierStateIsNotWrittenTo() throws Exception {
    awaitPublished(4);
    InMemoryStore earlier = new InMemoryStore();
    for (long n = 1; n <= 3; n++) {
      byte[] record = bed.store.read(LEDGER, n).orElseThrow().bytes();
      earlier.put(new Proposal(LEDGER, n, record, List.of()), Duration.ofSeconds(1));
    }
    GroupCommitter restored = bed.committer(earlier, bed.blobs, earlier);
    Outcome.Tampered tampered =
        assertInstanceOf(Outcome.Tampered.class, restored.commit(write("five")));
    assertEquals(
        "ledger led_shipments ends with commit 3, but ten_acme/led_shipments/head says commit 4"
            + " was published with size 4",
        tampered.evidence());
    assertInstanceOf(Outcome.Tampered.class, restored.commit(write("five again")));
    assertEquals(3, earlier.tip(LEDGER).orElseThrow().number());
  }

  @Test
  void aLedgerWithAnotherPastIsNotWrittenTo() throws Exception {
    awaitPublished(4);
    Bed other = new Bed();
    for (int i = 0; i < 6; i++) {
      won(other.committer().commit(write("other " + i)));
    }
    GroupCommitter swapped = bed.committer(other.store, bed.blobs, other.store);
    assertInstanceOf(Outcome.Tampered.class, swapped.commit(write("five")));
    assertEquals(6, other.store.tip(LEDGER).orElseThrow().number());
  }

  private void awaitPublished(long commit) throws InterruptedException {
    PublishedHeads heads = new PublishedHeads(bed.blobs);
    for (int i = 0; i < 500; i++) {
      if (heads.last(LEDGER).filter(head -> head.commit() == commit).isPresent()) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("commit " + commit + " was not published");
  }

  private BlobName segment() {
    Commit second = bed.store.read(LEDGER, 2).orElseThrow().commit();
    return BlobName.segment(LEDGER, ((Carriage.Segment) second.carriage()).sha256());
  }

  private void assertDamage(String first) {
    LedgerCheck.Report report = new LedgerCheck(bed.store, bed.blobs).check(LEDGER);
    assertTrue(!report.damage().isEmpty(), "no damage was found");
    assertEquals(first, report.damage().getFirst());
  }
}
