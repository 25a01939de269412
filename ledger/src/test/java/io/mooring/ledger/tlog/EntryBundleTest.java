package io.mooring.ledger.tlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.ledger.Entry;
import io.mooring.ledger.MalformedException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryBundleTest {
  private static final byte[] BUNDLE = EntryBundle.encode(List.of("one".getBytes(), new byte[0]));

  @Test
  void putsALengthOfTwoBytesBeforeEachEntry() {
    assertArrayEquals(new byte[] {0, 3, 'o', 'n', 'e', 0, 0}, BUNDLE);
    List<byte[]> entries = EntryBundle.decode(BUNDLE, 2);
    assertArrayEquals("one".getBytes(), entries.get(0));
    assertEquals(0, entries.get(1).length);
  }

  @Test
  void takesTheLongestEntryAndNoLonger() {
    byte[] longest = new byte[Entry.BYTES_MAX];
    byte[] bundle = EntryBundle.encode(List.of(longest));
    assertArrayEquals(longest, EntryBundle.decode(bundle, 1).getFirst());
    List<byte[]> longer = List.of(new byte[Entry.BYTES_MAX + 1]);
    assertThrows(MalformedException.class, () -> EntryBundle.encode(longer));
  }

  @Test
  void refusesAnotherNumberOfEntries() {
    assertThrows(MalformedException.class, () -> EntryBundle.decode(BUNDLE, 1));
    assertThrows(MalformedException.class, () -> EntryBundle.decode(BUNDLE, 3));
    assertThrows(MalformedException.class, () -> EntryBundle.encode(List.of()));
    assertThrows(
        MalformedException.class, () -> EntryBundle.encode(Collections.nCopies(257, new byte[0])));
  }

  @Test
  void refusesABundleThatIsCutAnywhere() {
    for (int length = 0; length < BUNDLE.length; length++) {
      byte[] cut = Arrays.copyOf(BUNDLE, length);
      assertThrows(MalformedException.class, () -> EntryBundle.decode(cut, 2));
    }
  }
}
