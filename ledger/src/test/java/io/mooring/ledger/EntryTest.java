package io.mooring.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTest {
  private static final byte[] DATA = "{\"temperature\":4}".getBytes();
  private static final Payload PAYLOAD = Payload.of(DATA, "application/json");
  private static final Entry SMALL = Entry.of("reading", "", Payload.of(new byte[0], ""));
  private static final Entry FULL =
      Entry.of("shipment.received", "urn:epc:id:sscc:0614141.1234567890", PAYLOAD)
          .with(new Submission("mk_live_1", 1_780_000_000_000L, Hash.ofBytes("key".getBytes())))
          .with(new DeviceCount("dev_7", 41))
          .withClaimsDigest(Hash.ofBytes("claims".getBytes()));

  @Test
  void hasExactlyTheseBytes() {
    assertEquals(
        "a4"
            + "0101"
            + "026772656164696e67"
            + "035820e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            + "0400",
        HexFormat.of().formatHex(SMALL.toBytes()));
  }

  @Test
  void readsBackWhatItWrote() {
    for (Entry entry : new Entry[] {SMALL, FULL}) {
      CborReader.check(entry.toBytes());
      assertEquals(entry, Entry.ofBytes(entry.toBytes()));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.mooring.testing.Seeds#fresh")
  void aFlippedBitIsRefusedOrReadsAsAnotherEntry(long seed) {
    Random random = new Random(seed);
    byte[] bytes = FULL.toBytes();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    try {
      Entry other = Entry.ofBytes(bytes);
      assertArrayEquals(bytes, other.toBytes());
      assertFalse(other.leafHash().equals(FULL.leafHash()));
    } catch (MalformedException refused) {
      assertFalse(refused.getMessage().isBlank());
    }
  }

  @Test
  void isRefusedWhenCutAnywhereOrWhenAnythingFollows() {
    byte[] bytes = FULL.toBytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(MalformedException.class, () -> Entry.ofBytes(cut));
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(MalformedException.class, () -> Entry.ofBytes(longer));
    assertThrows(MalformedException.class, () -> Entry.ofBytes(new byte[Entry.BYTES_MAX + 1]));
  }

  @ParameterizedTest
  @MethodSource
  void refusesEveryOtherSpelling(CborWriter fields, String reason) {
    MalformedException refused =
        assertThrows(MalformedException.class, () -> Entry.ofBytes(fields.toBytes()));
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  static Stream<Arguments> refusesEveryOtherSpelling() {
    byte[] hash = new byte[Hash.BYTES];
    return Stream.of(
        argumentSet("another version", mandatory(4, 2, hash), "version 2"),
        argumentSet("a short hash", mandatory(4, 1, new byte[31]), "32 bytes"),
        argumentSet("a long hash", mandatory(4, 1, new byte[33]), "at most 32"),
        argumentSet("no payload length", new CborWriter().map(1).unsigned(1).unsigned(1), "type"),
        argumentSet("an empty subject", mandatory(5, 1, hash).unsigned(7).text(""), "leaves out"),
        argumentSet("salted: false", mandatory(5, 1, hash).unsigned(6).bool(false), "leaves out"),
        argumentSet("time 0", mandatory(5, 1, hash).unsigned(9).unsigned(0), "leaves out"),
        argumentSet(
            "a counter alone", mandatory(5, 1, hash).unsigned(11).unsigned(1), "device counter"),
        argumentSet("a device alone", mandatory(5, 1, hash).unsigned(10).text("d"), "leaves out"),
        argumentSet("an unknown field", mandatory(5, 1, hash).unsigned(14).unsigned(1), "field 14"),
        argumentSet(
            "a huge field number",
            mandatory(5, 1, hash).unsigned(Long.MAX_VALUE).unsigned(1),
            "field 9223372036854775807"),
        argumentSet("a repeated field", mandatory(5, 1, hash).unsigned(4).unsigned(0), "repeated"));
  }

  private static CborWriter mandatory(int pairs, int version, byte[] hash) {
    CborWriter cbor = new CborWriter().map(pairs).unsigned(1).unsigned(version);
    return cbor.unsigned(2).text("t").unsigned(3).bytes(hash).unsigned(4).unsigned(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two\nlines", "nul\0", "half\ud800"})
  void hasNoTypeThatCouldForgeALine(String type) {
    assertThrows(MalformedException.class, () -> Entry.of(type, "", PAYLOAD));
  }

  @Test
  void holdsEveryTextToItsBoundInBytes() {
    assertEquals("ü".repeat(64), Entry.of("ü".repeat(64), "", PAYLOAD).type());
    assertThrows(MalformedException.class, () -> Entry.of("ü".repeat(64) + "x", "", PAYLOAD));
    assertThrows(MalformedException.class, () -> Entry.of("t", "s".repeat(1025), PAYLOAD));
    assertThrows(MalformedException.class, () -> Payload.of(DATA, "c".repeat(256)));
    assertThrows(
        MalformedException.class, () -> new Submission("k".repeat(129), 0, Hash.ofNothing()));
    assertThrows(MalformedException.class, () -> new DeviceCount("d".repeat(129), 0));
  }

  @Test
  void theLongestEntryFitsABundle() {
    Entry longest =
        Entry.of(
                "t".repeat(Entry.TYPE_BYTES_MAX),
                "s".repeat(Entry.SUBJECT_BYTES_MAX),
                new Payload(Hash.ofBytes(DATA), Long.MAX_VALUE, "c".repeat(255), true))
            .with(new Submission("k".repeat(128), Long.MAX_VALUE, Hash.ofBytes(DATA)))
            .with(new DeviceCount("d".repeat(128), Long.MAX_VALUE))
            .withClaimsDigest(Hash.ofBytes(DATA));
    assertTrue(longest.toBytes().length <= Entry.BYTES_MAX);
    assertEquals(longest, Entry.ofBytes(longest.toBytes()));
  }

  @Test
  void aSaltedPayloadIsKnownOnlyWithItsSalt() {
    Salt salt = Salt.random(new Random(1));
    Payload salted = Payload.salted(salt, DATA, "application/json");
    assertTrue(salted.matches(salt, DATA));
    assertFalse(salted.matches(DATA));
    assertFalse(salted.matches(Salt.random(new Random(2)), DATA));
    assertFalse(salted.hash().equals(Hash.ofBytes(DATA)));
    assertFalse(PAYLOAD.matches(salt, DATA));
    assertTrue(PAYLOAD.matches(DATA));
    assertFalse(salt.toString().contains(HexFormat.of().formatHex(salt.bytes())));
  }
}
