package io.mooring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.cli.BlockUse.Written;
import io.mooring.ledger.MalformedException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockUseTest {
  private static final SampleBlock BLOCK = SampleBlock.of(42_000);

  private static BlockUse use() {
    return BlockUse.of(BLOCK.content());
  }

  @Test
  void gasIsWhatTheHeaderAndTheLastReceiptSay() {
    assertEquals(BigInteger.valueOf(42_000), use().gas());
  }

  @Test
  void aHeaderAndReceiptsOfOtherGasContradictOneAnother() {
    byte[] content = BLOCK.withGasOfReceipts(41_999).content();
    var refused = assertThrows(MalformedException.class, () -> BlockUse.of(content));
    assertEquals("its header says 42000 gas, its receipts 41999", refused.getMessage());
  }

  @Test
  void callDataIsThatOfTransactionsOfEveryType() {
    assertEquals(BigInteger.valueOf(SampleBlock.CALL_DATA_BYTES), use().callDataBytes());
  }

  @Test
  void newCodeAndWhatIsWrittenStandInTheWriteSetButNotWhatTheProtocolWrites() {
    assertEquals(BigInteger.valueOf(SampleBlock.CODE_BYTES), use().codeBytes());
    assertEquals(BigInteger.valueOf(SampleBlock.FULL_SLOTS), use().slotsFull());
    List<Written> writes = use().writes();
    assertEquals(2, writes.size());
    assertTrue(writes.getFirst().cleared(), "an account that is gone");
    assertFalse(writes.getLast().cleared());
    assertEquals(List.of(BigInteger.ONE), writes.getLast().full());
    assertEquals(List.of(BigInteger.TWO), writes.getLast().emptied());
  }

  @Test
  void aTransactionOfATypeThatIsNotKnownIsNoneOfABlock() {
    byte[] unknown = SampleBlock.bytes(SampleBlock.join(new byte[] {9}, SampleBlock.list()));
    byte[] content = new SampleBlock(1, 1, List.of(unknown), SampleBlock.list()).content();
    var refused = assertThrows(MalformedException.class, () -> BlockUse.of(content));
    assertEquals("it has a transaction of type 9", refused.getMessage());
  }

  @Test
  void whateverIsCutShortIsRefused() {
    byte[] content = BLOCK.content();
    for (int length = 0; length < content.length; length++) {
      byte[] cut = Arrays.copyOf(content, length);
      assertThrows(MalformedException.class, () -> BlockUse.of(cut));
    }
  }

  @Test
  void bentBytesGiveNumbersOrAreRefused_seed11() {
    Random random = new Random(Long.getLong("seed", 11));
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bent = BLOCK.content();
      bent[random.nextInt(bent.length)] = (byte) random.nextInt();
      try {
        assertTrue(BlockUse.of(bent).callDataBytes().bitLength() < 16);
      } catch (MalformedException expected) {
        refused++;
      }
    }
    assertTrue(refused > 1_000, "refused " + refused);
  }
}
