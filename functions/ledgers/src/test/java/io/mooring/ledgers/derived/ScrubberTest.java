package io.mooring.ledgers.derived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.Hash;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.Told;
import io.mooring.ledgers.World;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.commit.Bill;
import io.mooring.platform.commit.Carriage;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Erased;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.commit.Sweeper;
import io.mooring.platform.commit.TamperedException;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damages one thing of each kind and expects to be told its place, and no other. */
class ScrubberTest {
  private static final int ENTRIES = 70_000;

  private World world;
  private Ledger ledger;

  @BeforeEach
  void fill() {
    world = new World();
    ledger = world.make("scrubbed");
    world.append(ledger, 3);
    for (int left = ENTRIES; left > 0; left -= 7_000) {
      world.append(ledger, 7_000);
    }
    world.awaitPublished(ledger);
  }

  @Test
  void aWholeLedgerIsFoundWhole() {
    ScrubReport report = scrub();

    assertTrue(report.isWhole(), report.damages().toString());
    assertEquals(12, report.commits());
    assertEquals(ENTRIES + 4, report.entries());
    assertEquals(10 + 17 + 1, report.objects(), "segments, packs and one tile of the second level");
    assertTrue(scrub(world.store, LedgerId.journal(World.ACME)).isWhole());
  }

  @Test
  void everyByteOfARecordCounts() {
    ledger = world.make("small");
    world.append(ledger, 2);
    world.append(ledger, 300);
    world.awaitPublished(ledger);
    int length = world.store.read(ledger.id(), 2).orElseThrow().bytes().length;
    for (int at = 0; at < length; at++) {
      int place = at;
      ScrubReport report =
          world.scrub(bent(2, bytes -> flipped(bytes, place)), ledger.id(), Duration.ZERO);

      assertTrue(
          report.damages().stream()
              .anyMatch(damage -> damage.place().matches("(|.* of )(commit|entry) [123](|.*)")),
          "byte " + at + ": " + report.damages());
    }
  }

  @Test
  void aRecordThatIsGoneIsNamed() {
    ScrubReport report = scrub(without(5), ledger.id());

    assertEquals("commit 5", report.damages().getFirst().place());
    assertEquals("the record is gone", report.damages().getFirst().what());
  }

  @Test
  void aPartEndsWithTheCommitDuringWhichItsTimeIsOver() {
    AtomicLong seconds = new AtomicLong();
    InstantSource clock = () -> Instant.ofEpochSecond(seconds.getAndIncrement());
    Scrubber scrubber = world.scrubber(world.store, clock);

    ScrubReport first = scrubber.scrub(ledger.id(), "", Duration.ofSeconds(4));

    assertEquals(4, first.commits());
    assertEquals(12, first.ofCommits());
    assertEquals(1 + 3 + 2 * 7_000, first.entries());
    ScrubReport second = scrubber.scrub(ledger.id(), first.next(), Duration.ofSeconds(60));
    assertEquals(12, second.commits());
    assertEquals("", second.next());
  }

  @Test
  void whatIsAppendedBetweenTwoPartsIsForTheNextScrub() {
    Scrubber scrubber = world.scrubber(world.store, InstantSource.system());
    ScrubReport first = scrubber.scrub(ledger.id(), "", Duration.ZERO);
    world.append(ledger, 5_000);
    appendErasable();

    ScrubReport second = scrubber.scrub(ledger.id(), first.next(), Duration.ofHours(1));

    assertTrue(second.isWhole(), second.damages().toString());
    assertEquals(ENTRIES + 4, second.entries());
  }

  @Test
  void behindEntriesThatCannotBeReadNothingDerivedIsJudged() {
    world.blobs.delete(BlobName.segment(ledger.id(), segment(3)));
    world.blobs.delete(PackCache.name(ledger.id(), 9));

    assertPlace("segment " + segment(3) + " of commit 3");
  }

  @Test
  void whereAScrubGoesOnIsKeptForADay() {
    Scrubber scrubber = world.scrubber(world.store, InstantSource.system());
    String next = scrubber.scrub(ledger.id(), "", Duration.ZERO).next();
    Instant tomorrow = Instant.now().plus(Sweeper.AGE_MIN).plusSeconds(1);
    new Sweeper(world.store, world.blobs, InstantSource.fixed(tomorrow)).sweep(ledger.id());

    RefusedException refused =
        assertThrows(
            RefusedException.class, () -> scrubber.scrub(ledger.id(), next, Duration.ZERO));

    assertEquals(PlatformRefusal.CURSOR_INVALID, refused.refusal());
  }

  @Test
  void aBillThatIsNotWhatTheWritesCostIsNamed() {
    ScrubReport report = scrub(bent(12, ScrubberTest::billed), ledger.id());

    assertEquals(
        List.of("bill of commit 12"), report.damages().stream().map(Damage::place).toList());
  }

  private static byte[] billed(byte[] record) {
    Commit commit = Commit.ofBytes(record);
    return new Commit(
            commit.number(),
            commit.start(),
            commit.frontier(),
            commit.previous(),
            commit.timeMillis(),
            commit.indexed(),
            commit.closed(),
            commit.carriage(),
            new Bill("a list by which nothing was priced", List.of()))
        .toBytes();
  }

  @Test
  void aSegmentThatIsBentOrGoneIsNamed() {
    Hash segment = segment(4);
    BlobName name = BlobName.segment(ledger.id(), segment);
    byte[] whole = world.blobs.get(name).orElseThrow();

    world.blobs.replace(name, flipped(whole, whole.length / 2));
    assertPlace("segment " + segment + " of commit 4");
    world.blobs.delete(name);
    assertPlace("segment " + segment + " of commit 4");
  }

  @Test
  void aPackThatIsBentOrGoneIsNamed() {
    BlobName name = PackCache.name(ledger.id(), 3);
    byte[] whole = world.blobs.get(name).orElseThrow();

    world.blobs.replace(name, flipped(whole, 5_000));
    assertPlace("pack 3");
    world.blobs.delete(name);
    assertPlace("pack 3");
  }

  @Test
  void aTileThatIsBentIsNamed() {
    BlobName name = BlobName.log(ledger.id(), "tile/1/000");
    world.blobs.replace(name, flipped(world.blobs.get(name).orElseThrow(), 77));

    assertPlace("tile/1/000");
  }

  @Test
  void aPublishedHeadThatIsNotTheLedgersIsNamed() {
    world.blobs.replace(
        BlobName.head(ledger.id()), ("2\n4\n" + Hash.ofNothing().base64() + "\n").getBytes());
    assertPlace("published head");

    world.blobs.replace(BlobName.head(ledger.id()), "nonsense".getBytes());
    assertPlace("published head");
  }

  @Test
  void anItemThatNoCommitWroteSoIsNamed() {
    Key key = Key.of(World.ACME, "LEDGER", ledger.id().value());
    Item item = world.store.get(key);
    world.store.put(
        List.of(
            new Derived(new Item(key, item.version(), flipped(item.body(), 30)), Derived.NEVER)));

    ScrubReport report = scrub(world.store, LedgerId.journal(World.ACME));

    assertEquals(
        List.of("item " + key.partition() + " " + key.sort()),
        report.damages().stream().map(Damage::place).toList());
  }

  @Test
  void aBlobThatIsBentOrGoneIsNamed() {
    byte[] payload = {1, 2, 3};
    Hash sha256 = Hash.ofBytes(payload);
    BlobName name = BlobName.payload(World.ACME, sha256);
    world.blobs.create(name, payload);
    NewEntry entry = NewEntry.of("t", "", new Content.Stored("image/x", sha256, 3));
    world.appends.append(ledger, "key_1", List.of(entry), new Repetition.Free());
    assertTrue(scrub().isWhole());

    world.blobs.replace(name, new byte[] {1, 2, 4});
    assertPlace("content of entry " + (ENTRIES + 4));
    world.blobs.delete(name);
    assertPlace("content of entry " + (ENTRIES + 4));
  }

  @Test
  void contentThatIsGoneIsDamageUnlessTheLogSaysThatItWasErased() {
    Receipt receipt = appendErasable();
    BlobName name = content(receipt);
    byte[] whole = world.blobs.get(name).orElseThrow();
    String place = "content of entry " + receipt.firstIndex();
    assertTrue(scrub().isWhole());

    world.blobs.delete(name);
    assertEquals(
        List.of(new Damage(place, "it is gone, and no entry says that it was erased")),
        scrub().damages());
    world.blobs.create(name, flipped(whole, 3));
    assertPlace(place);
    world.blobs.replace(name, whole);
    world.erasures.erase(ledger, receipt.firstIndex(), "key_1", new Repetition.Free());
    assertEquals(List.of(), scrub().damages());
    assertTrue(world.blobs.get(name).isEmpty());
  }

  @Test
  void contentThatIsStillThereThoughTheLogSaysOtherwiseIsNamedAndNotShown() {
    Receipt receipt = appendErasable();
    BlobName name = content(receipt);
    byte[] whole = world.blobs.get(name).orElseThrow();
    world.erasures.erase(ledger, receipt.firstIndex(), "key_1", new Repetition.Free());

    world.blobs.create(name, whole); // as if the process had died before it deleted them
    assertPlace("content of entry " + receipt.firstIndex());
    assertInstanceOf(
        Told.Nothing.class,
        world.contents.of(ledger.id(), world.reading.entry(ledger, receipt.firstIndex())));

    world.erasures.erase(ledger, receipt.firstIndex(), "key_1", new Repetition.Free());
    assertEquals(List.of(), scrub().damages());
  }

  @Test
  void anItemAloneIsNoEvidenceOfAnErasure() {
    Receipt receipt = appendErasable();
    Key key = Erased.key(ledger.id(), receipt.firstIndex());
    Item forged = new Item(key, 2, ledger.id().value().getBytes(StandardCharsets.UTF_8));
    world.store.put(List.of(new Derived(forged, Derived.NEVER)));
    world.blobs.delete(content(receipt));

    assertPlace("content of entry " + receipt.firstIndex());
    assertThrows(
        TamperedException.class,
        () -> world.contents.of(ledger.id(), world.reading.entry(ledger, receipt.firstIndex())));
  }

  @Test
  void everythingDerivedComesBackByteForByteAfterAnErasure() {
    Receipt receipt = appendErasable();
    world.erasures.erase(ledger, receipt.firstIndex(), "key_1", new Repetition.Free());

    world.rebuild(ledger.id());

    assertEquals(List.of(), scrub().damages());
  }

  @Test
  void retentionEndsAfterItsDays() {
    ledger = world.make("kept", 30);
    Receipt receipt = appendErasable();
    long index = receipt.firstIndex();
    assertThrows(
        RefusedException.class,
        () -> world.erasures.erase(ledger, index, "key_1", new Repetition.Free()));

    world.ahead = Duration.ofDays(30).plusMinutes(1);
    world.erasures.erase(ledger, index, "key_1", new Repetition.Free());

    assertTrue(world.blobs.get(content(receipt)).isEmpty());
  }

  private Receipt appendErasable() {
    NewEntry entry =
        NewEntry.of("t", "", new Content.Erasable("text/plain", "personal".getBytes()));
    return world.appends.append(ledger, "key_1", List.of(entry), new Repetition.Free()).receipt();
  }

  private BlobName content(Receipt receipt) {
    KeptEntry.Apart apart = (KeptEntry.Apart) receipt.entries().getFirst().about();
    return BlobName.content(ledger.id(), apart.sha256());
  }

  private void assertPlace(String place) {
    assertEquals(List.of(place), scrub().damages().stream().map(Damage::place).distinct().toList());
  }

  private ScrubReport scrub() {
    return scrub(world.store, ledger.id());
  }

  /** In one part, and in as many as there are commits: both must say the same. */
  private ScrubReport scrub(CommitStore commits, LedgerId scrubbed) {
    ScrubReport report = world.scrub(commits, scrubbed, Duration.ofHours(1));
    assertEquals(report, world.scrub(commits, scrubbed, Duration.ZERO));
    return report;
  }

  private Hash segment(long number) {
    Commit commit = world.store.read(ledger.id(), number).orElseThrow().commit();
    return ((Carriage.Segment) commit.carriage()).sha256();
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= 1;
    return flipped;
  }

  private CommitStore without(long number) {
    return new Overlay(number, stored -> Optional.empty());
  }

  private CommitStore bent(long number, UnaryOperator<byte[]> bend) {
    return new Overlay(
        number, stored -> Optional.of(new CommitStore.Stored(number, bend.apply(stored.bytes()))));
  }

  /** The commits with one record of the ledger shown otherwise, to the scrubber's own reads. */
  private final class Overlay implements CommitStore {
    private final long number;
    private final java.util.function.Function<Stored, Optional<Stored>> shown;

    Overlay(long number, java.util.function.Function<Stored, Optional<Stored>> shown) {
      this.number = number;
      this.shown = shown;
    }

    @Override
    public Optional<Stored> tip(LedgerId id) {
      return world.store.tip(id);
    }

    @Override
    public Optional<Stored> read(LedgerId id, long wanted) {
      return world.store.read(id, wanted).flatMap(this::show);
    }

    @Override
    public List<Stored> range(LedgerId id, long from, int limit) {
      return world.store.range(id, from, limit).stream()
          .flatMap(stored -> show(stored).stream())
          .toList();
    }

    @Override
    public Put put(Proposal proposal, Duration timeout) {
      throw new UnsupportedOperationException("a scrub writes nothing");
    }

    private Optional<Stored> show(Stored stored) {
      return stored.number() == number ? shown.apply(stored) : Optional.of(stored);
    }
  }
}
