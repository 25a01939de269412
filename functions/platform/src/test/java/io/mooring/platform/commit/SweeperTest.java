package io.mooring.platform.commit;

import static io.mooring.platform.commit.Bed.LEDGER;
import static io.mooring.platform.commit.Bed.won;
import static io.mooring.platform.commit.Bed.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SweeperTest {
  private static final BlobName ORPHAN = BlobName.segment(LEDGER, Hash.ofBytes(new byte[1]));
  private static final BlobName LOST = BlobName.content(LEDGER, Hash.ofBytes(new byte[2]));
  private static final BlobName SENT = BlobName.intake(LEDGER, Hash.ofBytes(new byte[3]));
  private static final String LARGE = "\"" + "x".repeat(20_000) + "\"";

  private final Bed bed = new Bed();

  @Test
  void whatNoCommitNamesIsDeletedAfterADayAndNotBefore() {
    won(bed.committer().commit(write(LARGE)));
    won(bed.committer().commit(erasable()));
    orphans();

    Sweeper.Swept early = sweeper(Duration.ofHours(23)).sweep(LEDGER);
    assertEquals(new Sweeper.Swept(0, 0, 0), early);
    assertTrue(bed.blobs.length(ORPHAN).isPresent());

    Sweeper.Swept late = sweeper(Duration.ofHours(25)).sweep(LEDGER);
    assertEquals(new Sweeper.Swept(5, 3, 0), late);
    assertTrue(bed.blobs.length(ORPHAN).isEmpty());
    assertTrue(bed.blobs.length(LOST).isEmpty());
    assertTrue(bed.blobs.length(SENT).isEmpty());
    assertEquals(2, bed.checked().entries());
  }

  @Test
  void eachObjectIsJudgedOnceAndAllLedgersAreFound() {
    LedgerId other = new LedgerId(new TenantId("ten_other"), "led_other");
    won(bed.committer().commit(write(LARGE)));
    won(bed.committer().commit(Write.to(other).entry(NewEntry.of("t", "", Content.json(LARGE)))));
    bed.blobs.create(BlobName.payload(other.tenant(), Hash.ofNothing()), new byte[1]);
    orphans();

    assertEquals(new Sweeper.Swept(5, 3, 0), sweeper(Duration.ofDays(2)).sweepAll());
    assertEquals(new Sweeper.Swept(0, 0, 0), sweeper(Duration.ofDays(4)).sweepAll());
    assertTrue(bed.blobs.length(BlobName.payload(other.tenant(), Hash.ofNothing())).isPresent());
  }

  @Test
  void nothingIsDeletedOfALedgerThatCannotBeRead() {
    Receipt receipt = won(bed.committer().commit(write(LARGE)));
    won(bed.committer().commit(erasable()));
    orphans();
    Commit commit = bed.store.read(LEDGER, receipt.commit()).orElseThrow().commit();
    bed.blobs.delete(BlobName.segment(LEDGER, ((Carriage.Segment) commit.carriage()).sha256()));

    assertThrows(TamperedException.class, () -> sweeper(Duration.ofDays(2)).sweep(LEDGER));
    assertEquals(1, sweeper(Duration.ofDays(2)).sweepAll().unreadable());
    assertTrue(bed.blobs.length(ORPHAN).isPresent());
  }

  @Test
  void aSweptObjectIsOlderThanAnyThatACommitMayStillName() {
    Duration named = Duration.ofMillis(Sequencer.WRITE_AGE_MILLIS_MAX);

    assertEquals(Duration.ofMinutes(15), named);
    assertTrue(Sweeper.AGE_MIN.compareTo(named.plus(Sweeper.MARGIN).multipliedBy(10)) > 0);
  }

  private void orphans() {
    bed.blobs.create(ORPHAN, new byte[1]);
    bed.blobs.create(LOST, new byte[1]);
    bed.blobs.create(SENT, new byte[1]);
  }

  private static Write erasable() {
    return Write.to(LEDGER)
        .entry(NewEntry.of("t", "", new Content.Erasable("text/plain", new byte[9])));
  }

  private Sweeper sweeper(Duration later) {
    return new Sweeper(bed.store, bed.blobs, () -> Instant.now().plus(later));
  }
}
