package io.mooring.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontierTest {
  private static final Hash LEAF = Hash.ofLeaf("leaf".getBytes());
  private static final Frontier SEVEN =
      Frontier.empty().appendAll(List.of(LEAF, LEAF, LEAF, LEAF, LEAF, LEAF, LEAF));

  @Test
  void keepsOnePeakForEachBitOfTheSize() {
    assertEquals(3, SEVEN.peaks().size());
    assertEquals(1, SEVEN.append(LEAF).peaks().size());
    assertEquals(SEVEN, Frontier.ofBytes(SEVEN.toBytes()));
  }

  @Test
  void refusesBytesOfAnotherLength() {
    byte[] bytes = SEVEN.toBytes();
    for (int length : new int[] {0, 7, 8, bytes.length - 1, bytes.length + 1}) {
      assertThrows(MalformedException.class, () -> Frontier.ofBytes(Arrays.copyOf(bytes, length)));
    }
    bytes[0] = (byte) 0x80;
    assertThrows(MalformedException.class, () -> Frontier.ofBytes(bytes));
  }

  @Test
  void refusesToNameANodeThatABatchCannotKnow() {
    Growth growth = new Growth(SEVEN, List.of(LEAF));
    assertThrows(IllegalArgumentException.class, () -> growth.node(0, 0));
  }
}
