package io.mooring.platform.commit;

import static io.mooring.platform.commit.Bed.LEDGER;
import static io.mooring.platform.commit.Bed.body;
import static io.mooring.platform.commit.Bed.key;
import static io.mooring.platform.commit.Bed.won;
import static io.mooring.platform.commit.Bed.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.Hash;
import io.mooring.platform.blob.BlobName;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Contents that can be erased: where they are kept, and what stays when they are gone. */
class ErasableTest {
  private static final byte[] SECRET = "her name is Ada".getBytes(StandardCharsets.UTF_8);

  private final Bed bed = new Bed();

  @Test
  void theContentStandsInAnObjectOfItsOwnAndNowhereInTheCommit() {
    Receipt receipt = won(bed.committer().commit(secret().once(key("k"), Hash.ofBytes(SECRET))));

    KeptEntry kept = receipt.entries().getFirst();
    Hash object = assertInstanceOf(KeptEntry.Apart.class, kept.about()).sha256();
    byte[] bytes = bed.blobs.get(BlobName.content(LEDGER, object)).orElseThrow();
    ErasableContent content = ErasableContent.ofBytes(object, bytes);
    assertTrue(content.isOf(kept.entry().payload()));
    byte[] record = bed.store.read(LEDGER, 1).orElseThrow().bytes();
    assertFalse(holds(record, SECRET));
    assertFalse(holds(record, content.salt().bytes()));
    assertFalse(
        holds(record, Hash.ofBytes(SECRET).bytes()), "the hash of the request could be guessed");
    assertThrows(IllegalArgumentException.class, () -> ErasableContent.ofBytes(object, SECRET));
  }

  @Test
  void withoutItsContentAnEntryKeepsItsProofAndTheLedgerCheckWantsToKnowWhy() {
    Receipt receipt = won(bed.committer().commit(secret()));
    KeptEntry.Apart apart = (KeptEntry.Apart) receipt.entries().getFirst().about();

    bed.blobs.delete(BlobName.content(LEDGER, apart.sha256()));

    assertEquals(
        List.of("commit 1: entry 0 lost its content"),
        new LedgerCheck(bed.store, bed.blobs).check(LEDGER).damage());
    won(
        bed.committer()
            .commit(
                write("erased")
                    .effect(Effect.create(Erased.key(LEDGER, 0), "led_shipments".getBytes()))));
    assertEquals(2, bed.checked().entries());
    assertTrue(receipt.proof(0).check(receipt.leaves().getFirst(), receipt.head()).verified());
  }

  @Test
  void whileTheObjectsCannotBeWrittenNothingIsCommitted() {
    OneFaultStore full =
        new OneFaultStore(
            bed.store, bed.blobs, OneFaultStore.ALWAYS, OneFaultStore.Fault.FAILS_BEFORE);

    Outcome outcome = bed.committer(bed.store, full, bed.store).commit(secret());

    assertInstanceOf(Outcome.Busy.class, outcome);
    assertEquals(Optional.empty(), bed.store.tip(LEDGER));
  }

  @Test
  void oneWriteHasABoundedNumberOfThem() {
    NewEntry entry = NewEntry.of("note", "", new Content.Erasable("text/plain", SECRET));
    List<NewEntry> most = Collections.nCopies(Write.ERASABLE_ENTRIES_MAX, entry);
    List<NewEntry> more = Collections.nCopies(Write.ERASABLE_ENTRIES_MAX + 1, entry);

    assertEquals(Write.ERASABLE_ENTRIES_MAX, Write.to(LEDGER).entries(most).entries().size());
    assertThrows(IllegalArgumentException.class, () -> Write.to(LEDGER).entries(more));
  }

  @Test
  void aWriteThatWasMadeTooLongAgoIsNotCommittedAnyMore() {
    Prepared old = Prepared.of(secret(), new Random(), System.currentTimeMillis() - 16 * 60_000);
    Prepared young =
        Prepared.of(write("1"), new Random(), System.currentTimeMillis() - 14 * 60_000);

    List<Settlement> settlements =
        bed.committer()
            .commitAgain(
                List.of(
                    new GroupCommitter.Redelivered(old, 0),
                    new GroupCommitter.Redelivered(young, 0)),
                Committer.PATIENCE);

    assertInstanceOf(Outcome.Busy.class, ((Settlement.Over) settlements.getFirst()).outcome());
    assertInstanceOf(Outcome.Won.class, ((Settlement.Over) settlements.getLast()).outcome());
  }

  @Test
  void aKeyLeadsToItsReceiptWhoeverIsAskedAndWhenever() {
    GroupCommitter committer = bed.committer();
    Receipt receipt = won(committer.commit(write("1", "2").once(key("k"), body("b"))));
    won(committer.commit(write("3")));

    for (GroupCommitter process : List.of(committer, bed.committer())) {
      Receipt found = process.find(LEDGER, key("k")).orElseThrow();
      assertEquals(receipt.firstIndex(), found.firstIndex());
      assertEquals(receipt.leaves(), found.leaves());
      assertEquals(Optional.empty(), process.find(LEDGER, key("other")));
    }
    bed.jump(KeyIndex.KEPT.plusDays(1).toMillis());
    assertEquals(Optional.empty(), bed.committer().find(LEDGER, key("k")));
    assertNotEquals(key("k").blind(body("b")), key("l").blind(body("b")));
  }

  private static Write secret() {
    return Write.to(LEDGER)
        .entry(NewEntry.of("person", "p-1", new Content.Erasable("text/plain", SECRET)));
  }

  private static boolean holds(byte[] bytes, byte[] part) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .contains(new String(part, StandardCharsets.ISO_8859_1));
  }
}
