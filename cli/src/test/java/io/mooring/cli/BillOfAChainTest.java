package io.mooring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Entry;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Payload;
import io.mooring.ledger.Salt;
import io.mooring.ledger.Submission;
import io.mooring.ledger.tlog.SampleLog;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code moor bill verify} counts in the blocks of a chain, written out here by hand. */
class BillOfAChainTest {
  /**
   * Two blocks of a chain by one key and one of several, each within the free quota. All of them
   * write the same slot.
   */
  private static final String BLOCKS_CHARGED =
      """
      {"ledger":"led_a","day":"2026-12-02","firstCommit":1,"lastCommit":4,"charges":[
       %s],"movements":[]}"""
          .formatted(
              String.join(
                  ",",
                  BilledServer.free("key_x", "gas", 42_000, 2, 1, 3),
                  BilledServer.free(
                      "key_x", "calldata-bytes", SampleBlock.CALL_DATA_BYTES, 2, 1, 3),
                  BilledServer.free("key_x", "state-bytes", SampleBlock.CODE_BYTES + 64, 1, 1, 2),
                  BilledServer.free("key_x", "state-bytes", SampleBlock.CODE_BYTES, 1, 2, 3),
                  BilledServer.free("", "gas", 42_000, 1, 3, 4),
                  BilledServer.free("", "calldata-bytes", SampleBlock.CALL_DATA_BYTES, 1, 3, 4),
                  BilledServer.free("", "state-bytes", SampleBlock.CODE_BYTES, 1, 3, 4)));

  private static final String GENESIS =
      """
      {"id":"led_a","evm":{"chainId":7,"alloc":{
       "0x00000000000000000000000000000000000000bb":{"balance":10000000000000000000000},
       "0x00000000000000000000000000000000000000aa":{"storage":{"0x2":"5","1":"0x0"}}}}}""";

  private static final Salt SALT = Salt.of(new byte[Salt.BYTES]);

  /** The first entry, and three blocks. */
  private static byte[] blockLeaf(int index) {
    if (index == 0) {
      return Entry.of("mooring.genesis", "led_a", Payload.salted(SALT, GENESIS.getBytes(), ""))
          .toBytes();
    }
    Payload payload = Payload.salted(SALT, SampleBlock.of(42_000).content(), "");
    String key = index == 3 ? "" : "key_x";
    return Entry.of("mooring.block", "", payload)
        .with(new Submission(key, 0, Hash.ofNothing()))
        .toBytes();
  }

  private byte[] block = SampleBlock.of(42_000).content();
  private int blocksShown = 4;
  private IntFunction<byte[]> leaves = BillOfAChainTest::blockLeaf;
  private String genesis = GENESIS;
  private final BilledServer server =
      new BilledServer(
          BilledServer.MADE.replace("\"log\"", "\"evm\""), new SampleLog(1), "{\"usage\":[]}");

  @AfterEach
  void stop() {
    server.close();
  }

  /** What the chain's entries hold; two to a page, whatever was asked for. */
  private String answer(URI asked) {
    if (asked.getPath().endsWith("/entries/0")) {
      return "{\"salt\":\"%s\"}".formatted(CanonicalBase64.encode(SALT.bytes()));
    }
    if (asked.getPath().endsWith("/entries/0/payload")) {
      return genesis;
    }
    int from = Integer.parseInt(asked.getQuery().split("[=&]")[1]);
    return IntStream.range(from, Math.min(from + 2, blocksShown))
        .mapToObj(index -> index == 0 ? genesis.getBytes() : block)
        .map(CanonicalBase64::encode)
        .map(
            bytes ->
                "{\"bytes\":\"%s\",\"salt\":\"%s\"}"
                    .formatted(bytes, CanonicalBase64.encode(SALT.bytes())))
        .collect(Collectors.joining(",", "{\"items\":[", "]}"));
  }

  private void chain(String... charged) {
    server.ofLedger = this::answer;
    server.ledger = new SampleLog(4, leaves, SampleLog.SIGNER);
    server.journal(charged);
  }

  private String blocksFinding() {
    Run run = server.verify();
    return run.out()
        .lines()
        .filter(line -> line.contains(" blocks "))
        .collect(Collectors.joining(" and "));
  }

  @Test
  void theBlocksOfAChainAreCountedAgain() {
    chain(BLOCKS_CHARGED);
    assertEquals(
        "  ok  blocks      3 blocks of 1 chain, each told once, with its gas, call data and new state",
        blocksFinding());
    assertTrue(
        server.verify().out().contains("ok  leaves      0 entries of 0 ledgers"),
        server.verify().out());
  }

  @Test
  void oneMoreOfAnythingThatABlockUsesIsFound() {
    int callData = SampleBlock.CALL_DATA_BYTES;
    String entry = "ledger led_a: entry 3 of the journal tells ";
    chain(BLOCKS_CHARGED.replaceFirst("\"42000\"", "\"42001\""));
    server.assertFalse(
        "blocks", entry + "84002 gas of key_x, its entries 0 to before 4 make it 84000");
    chain(BLOCKS_CHARGED.replaceFirst("\"" + callData + "\"", "\"" + (callData - 1) + "\""));
    server.assertFalse("blocks", entry + "148 calldata-bytes of key_x");
    chain(BLOCKS_CHARGED.replaceFirst("\"134\"", "\"135\""));
    server.assertFalse(
        "blocks", entry + "205 state-bytes of key_x, its entries 0 to before 4 make it 204");
    String gasOfNone = "(\"key\":\"\",\"meter\":\"gas\"[^}]*)42000";
    chain(BLOCKS_CHARGED.replaceFirst(gasOfNone, "$1" + "42001"));
    server.assertFalse("blocks", entry + "42001 gas of several keys together");
  }

  @Test
  void aBlockThatIsToldTwiceOrOfAnotherKeyIsFound() {
    chain(BLOCKS_CHARGED.replace("\"times\":2", "\"times\":3"));
    server.assertFalse(
        "blocks", "tells 225 calldata-bytes of key_x, its entries 0 to before 4 make it 150");
    chain(BLOCKS_CHARGED.replace("key_x", "key_y"));
    server.assertFalse("blocks", "of key_x");
  }

  @Test
  void aChainHasNoEntriesToPayFor() {
    chain(BLOCKS_CHARGED.replaceFirst("state-bytes", "entries"));
    server.assertFalse("blocks", "tells 134 entries of key_x, its entries 0 to before 4 make it 0");
  }

  @Test
  void aBlockOfOtherContentThanItsLeafCommitsToIsFound() {
    chain(BLOCKS_CHARGED);
    block = SampleBlock.of(42_001).content();
    server.assertFalse("blocks", "led_a: the block in entry 1: it is not what its leaf commits to");
  }

  @Test
  void slotsThatWereFullFromTheBeginningAreNotNew() {
    genesis = GENESIS.replace("0x0\"", "0x1\"");
    chain(BLOCKS_CHARGED);
    server.assertFalse("blocks", "its first entry is not what its leaf commits to");
    leaves =
        index ->
            index == 0
                ? Entry.of("mooring.genesis", "", Payload.salted(SALT, genesis.getBytes(), ""))
                    .toBytes()
                : blockLeaf(index);
    chain(BLOCKS_CHARGED);
    server.assertFalse(
        "blocks", "tells 204 state-bytes of key_x, its entries 0 to before 4 make it 140");
  }

  /** What each block of one key charged, and together so much new state; block n in commit n. */
  private static String blocksCharged(String day, int first, int end, int stateBytes) {
    return """
        {"ledger":"led_a","day":"%s","firstCommit":%d,"lastCommit":%d,"charges":[%s],
         "movements":[]}"""
        .formatted(
            day,
            first,
            end - 1,
            String.join(
                ",",
                BilledServer.free("key_x", "gas", 42_000, end - first, first, end),
                BilledServer.free(
                    "key_x",
                    "calldata-bytes",
                    SampleBlock.CALL_DATA_BYTES,
                    end - first,
                    first,
                    end),
                BilledServer.free("key_x", "state-bytes", stateBytes, 1, first, end)));
  }

  @Test
  void whatAMonthBeforeFilledIsNotNewAgain() {
    String november = blocksCharged("2026-11-30", 1, 3, 2 * SampleBlock.CODE_BYTES + 64);
    String december = blocksCharged("2026-12-02", 3, 4, SampleBlock.CODE_BYTES);
    leaves = index -> blockLeaf(Math.min(index, 2)); // all of one key
    chain(november, december);
    assertEquals(
        "  ok  blocks      1 block of 1 chain, each told once, with its gas, call data and new state",
        blocksFinding());
    chain(november, blocksCharged("2026-12-02", 3, 4, SampleBlock.CODE_BYTES + 64));
    server.assertFalse(
        "blocks", "tells 134 state-bytes of key_x, its entries 3 to before 4 make it 70");
  }

  @Test
  void ofThisMonthOnlyNewStateLiesBetweenTwoBounds() {
    for (String told : List.of("70", "134", "198")) {
      chain(BLOCKS_CHARGED.replaceFirst("\"134\"", "\"" + told + "\""));
      Run run = server.verify("--this-month-only");
      assertTrue(run.out().contains("call data, and new state within its bounds"), run.out());
    }
    for (String told : List.of("69", "199")) {
      chain(BLOCKS_CHARGED.replaceFirst("\"134\"", "\"" + told + "\""));
      Run run = server.verify("--this-month-only");
      assertTrue(run.out().contains("before 4 make it 140 to 268"), run.out());
    }
  }

  @Test
  void blocksThatAreNotShownCannotBeTold() {
    chain(BLOCKS_CHARGED);
    blocksShown = 2;
    Run run = server.verify();
    assertEquals(2, run.exit(), run.out() + run.err());
    assertTrue(run.err().contains("does not show entry 2 of led_a"), run.out() + run.err());
  }

  @Test
  void aPageIsOfAsManyBytesAsTheLeavesAnnounce() {
    leaves =
        index ->
            index == 0
                ? blockLeaf(0)
                : Entry.of(
                        "mooring.block",
                        "",
                        Payload.salted(SALT, Hash.ofNothing(), 3L << 20, "")) // of 8 MB
                    .toBytes();
    chain(BLOCKS_CHARGED);
    server.assertFalse("blocks", "the block in entry 1: it is not what its leaf commits to");
    assertEquals(List.of("from=0&perPage=3"), pages());
  }

  @Test
  void aPageHasAHundredBlocksAtMost() {
    String charged = blocksCharged("2026-12-02", 1, 151, 150 * SampleBlock.CODE_BYTES + 64);
    blocksShown = 151;
    leaves = index -> blockLeaf(Math.min(index, 2));
    server.ofLedger = this::answer;
    server.ledger = new SampleLog(151, leaves, SampleLog.SIGNER);
    server.journal(charged);
    assertTrue(blocksFinding().startsWith("  ok  blocks      150 blocks"), blocksFinding());
    assertEquals("from=0&perPage=100", pages().getFirst());
    assertEquals("from=2&perPage=100", pages().get(1)); // two were shown
    assertEquals("from=150&perPage=1", pages().getLast());
  }

  private List<String> pages() {
    return server.asked().stream()
        .filter(asked -> asked.contains("led_a/entries?"))
        .map(asked -> asked.substring(asked.indexOf('?') + 1))
        .toList();
  }

  @Test
  void aHeaderThatItsReceiptsContradictIsFound() {
    byte[] bent = SampleBlock.of(42_000).withGasOfReceipts(41_000).content();
    leaves =
        index ->
            index == 0
                ? blockLeaf(0)
                : BilledServer.leaf("mooring.block", Payload.salted(SALT, bent, ""));
    block = bent;
    chain(BLOCKS_CHARGED);
    server.assertFalse("blocks", "in entry 1: its header says 42000 gas, its receipts 41000");
  }

  @Test
  void aPageThatFailsInPassingIsAskedForAgain() {
    AtomicInteger answers = new AtomicInteger();
    chain(BLOCKS_CHARGED);
    server.ofLedger = asked -> answers.incrementAndGet() == 3 ? BilledServer.BUSY : answer(asked);
    assertTrue(blocksFinding().startsWith("  ok  blocks      3 blocks"), blocksFinding());
    assertEquals("from=0&perPage=4", pages().getFirst());
    assertEquals("from=0&perPage=4", pages().get(1));
  }
}
