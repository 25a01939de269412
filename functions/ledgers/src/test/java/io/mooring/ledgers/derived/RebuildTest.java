package io.mooring.ledgers.derived;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.Hash;
import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledger.tlog.LogPath.OfTile;
import io.mooring.ledgers.EntryFilter;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.World;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is derived comes back byte for byte, by the command and by itself. */
class RebuildTest {
  private static final int PACKS = 17;

  private World world;
  private Ledger ledger;
  private Map<BlobName, byte[]> derived;

  @BeforeEach
  void fill() {
    world = new World();
    ledger = world.make("rebuilt");
    for (int entries :
        new int[] {1, 1, 4_000, 9_000, 9_999, 10_000, 10_000, 10_000, 10_000, 7_000}) {
      world.append(ledger, entries);
    }
    world.logs.of(ledger.id()).catchUp();
    derived = new HashMap<>();
    for (BlobName name : names()) {
      derived.put(name, world.blobs.get(name).orElseThrow());
    }
  }

  @Test
  void whatWasDerivedFromEntriesThatAreGoneIsCutOff() {
    long size = 9L * Pack.LEAVES + 1;

    world.logs.cutOff(ledger.id(), size);

    String folder = BlobName.log(ledger.id(), "").value();
    List<String> left =
        world.blobs.list(folder, "").stream()
            .map(listed -> listed.name().value().substring(folder.length()))
            .toList();
    assertEquals(
        LongStream.range(0, 9).mapToObj("pack/%019d"::formatted).toList(),
        left.stream().filter(name -> name.startsWith(PackCache.FOLDER)).sorted().toList());
    assertEquals(List.of(), left.stream().filter(name -> name.startsWith("tile/")).toList());
    world.logs.of(ledger.id()).catchUp();
    world.rebuild(ledger.id());
    assertDerived();
  }

  @Test
  void theCommandMakesAllOfItAgain() {
    List<Long> before = found();
    derived.keySet().forEach(world.blobs::delete);

    assertEquals(derived.size(), world.rebuild(ledger.id()));

    assertDerived();
    assertEquals(before, found());
  }

  @Test
  void theCommandMakesTheIndexOfIdempotencyKeysAgain() {
    Repetition once =
        new Repetition.Keyed(
            IdempotencyKey.of("ten_acme", "a-key-of-it"), Hash.ofNothing(), new byte[0]);
    NewEntry entry = NewEntry.of("t", "", Content.json("1"));
    world.appends.append(ledger, "key_1", List.of(entry), once);
    world.awaitPublished(ledger);
    Map<Key, Derived> before = world.store.items();
    List<Key> keys = before.keySet().stream().filter(RebuildTest::isOfIndex).toList();
    assertEquals(2, keys.size(), "of the genesis and of the entry");
    world.store.delete(keys);

    world.rebuild(ledger.id());

    assertEquals(before, world.store.items());
  }

  private static boolean isOfIndex(Key key) {
    return key.sort().startsWith("I#");
  }

  @Test
  void whatIsBentIsReplacedByTheCommand() {
    derived.keySet().forEach(name -> world.blobs.replace(name, new byte[] {1}));

    world.rebuild(ledger.id());

    assertDerived();
  }

  @Test
  void aReaderWhoMissesSomethingMakesItAgain() {
    for (BlobName name : names()) {
      world.blobs.delete(name);
      LedgerLog cold = cold();

      LogPath path = LogPath.parse("tile/0/" + "%03d".formatted(30));
      assertEquals(256 * 32, cold.read(path).orElseThrow().length);
      assertTrue(cold.read(new OfTile(1, 0, LogPath.FULL_WIDTH)).isPresent());
      for (long number = 0; number < PACKS; number++) {
        cold.pack(number);
      }

      assertArrayEquals(derived.get(name), world.blobs.get(name).orElseThrow(), name.value());
    }
  }

  @Test
  void aLogOfWhichNothingIsDerivedIsReadAllTheSame() {
    byte[] bundle = cold().read(LogPath.parse("tile/entries/250")).orElseThrow();
    byte[] tile = cold().read(LogPath.parse("tile/0/250")).orElseThrow();
    derived.keySet().forEach(world.blobs::delete);

    assertArrayEquals(bundle, cold().read(LogPath.parse("tile/entries/250")).orElseThrow());
    assertArrayEquals(tile, cold().read(LogPath.parse("tile/0/250")).orElseThrow());
  }

  private void assertDerived() {
    derived.forEach(
        (name, bytes) ->
            assertArrayEquals(bytes, world.blobs.get(name).orElseThrow(), name.value()));
  }

  private LedgerLog cold() {
    return new LedgerLogs(new Commits(world.store, world.blobs), world.blobs).of(ledger.id());
  }

  private List<Long> found() {
    return world
        .reading
        .entries(ledger, EntryFilter.all().about("s3"), 8_000, 100)
        .entries()
        .stream()
        .map(Placed::index)
        .toList();
  }

  private List<BlobName> names() {
    List<BlobName> names = new ArrayList<>();
    for (long number = 0; number < PACKS; number++) {
      names.add(PackCache.name(ledger.id(), number));
    }
    names.add(BlobName.log(ledger.id(), "tile/1/000"));
    return names;
  }
}
