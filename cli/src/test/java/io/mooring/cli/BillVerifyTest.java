package io.mooring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.Entry;
import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Payload;
import io.mooring.ledger.Salt;
import io.mooring.ledger.Submission;
import io.mooring.ledger.note.LogSigner;
import io.mooring.ledger.tlog.SampleLog;
import io.mooring.ledger.tlog.SignedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that shows a journal, a price list and an invoice, all written out here by hand. */
class BillVerifyTest {
  private static final LogSigner SIGNER =
      LogSigner.ofSeed("mooring.example/ten_a/led_journal", new byte[32]);
  private static final String KEY = SIGNER.verifierKey().toString();
  private static final String SHEET =
      """
      {"name":"plan-2026-11","plan":"plan","effective":"2026-11-21T00:00:00Z","prices":[
       {"meter":"entries","asset":"CPC","units":"10","per":"1"},
       {"meter":"entry-bytes","asset":"CPC","units":"1","per":"100"},
       {"meter":"proofs","asset":"CPC","units":"2","per":"1"},
       {"meter":"gas","asset":"CPC","units":"1","per":"1000"},
       {"meter":"calldata-bytes","asset":"CPC","units":"1","per":"16"},
       {"meter":"state-bytes","asset":"CPC","units":"5","per":"1"},
       {"meter":"messages","asset":"ITC","units":"1","per":"1"}]}""";
  private static final String PRICES =
      "plan-2026-11."
          + HexFormat.of().formatHex(Hash.ofBytes(SHEET.getBytes()).bytes()).substring(0, 40);
  private static final String BOUGHT =
      """
      {"change":1,"time":1,"postings":[
       {"kind":"top-up","asset":"CPC","amount":"1000","from":"purchase","to":"prepaid"},
       {"kind":"deposit","asset":"CPC","amount":"400","from":"prepaid","to":"escrow:led_a"}]}""";
  private static final String MADE =
      """
      {"id":"led_a","name":"a","kind":"log","origin":"log.example/ship","verifierKey":"%s"}"""
          .formatted(SampleLog.SIGNER.verifierKey());
  private static final String CHARGED =
      """
      {"ledger":"led_a","day":"2026-12-02","firstCommit":1,"lastCommit":5,"charges":[
       {"key":"key_x","meter":"entries","prices":"%1$s","quantity":"1","units":"10","times":3,
        "since":"2026-12-02T08:00:00Z","until":"2026-12-02T09:00:00Z",
        "firstCommit":2,"lastCommit":4,"firstEntry":1,"endEntry":4},
       {"key":"key_x","meter":"entry-bytes","prices":"%1$s","quantity":"250","units":"3","times":2,
        "since":"2026-12-02T08:00:00Z","until":"2026-12-02T09:00:00Z",
        "firstCommit":2,"lastCommit":3,"firstEntry":1,"endEntry":3},
       {"key":"key_x","meter":"entry-bytes","prices":"%1$s","quantity":"70","units":"0","times":1,
        "since":"2026-12-02T08:00:00Z","until":"2026-12-02T09:00:00Z",
        "firstCommit":4,"lastCommit":4,"firstEntry":3,"endEntry":4}],
       "movements":[{"asset":"CPC","kind":"charge","from":"escrow","to":"revenue","units":"36",
        "postings":4,"firstEntry":1,"endEntry":4}]}"""
          .formatted(PRICES);
  private static final String INVOICE =
      """
      {"tenant":"ten_a","month":"2026-12","complete":true,"balances":[
       {"asset":"CPC","opening":{"available":"600","held":"0","escrow":"400","owed":"0"},
        "closing":{"available":"600","held":"0","escrow":"364","owed":"0"},"charged":"36"},
       {"asset":"ITC","opening":{"available":"0","held":"0","escrow":"0","owed":"0"},
        "closing":{"available":"0","held":"0","escrow":"0","owed":"0"},"charged":"0"}],
       "usage":[
       {"day":"2026-12-02","ledger":"led_a","key":"key_x","meter":"entries","asset":"CPC",
        "prices":"%1$s","quantity":"3","free":"0","units":"30","charges":3,
        "firstCommit":2,"lastCommit":4,"firstEntry":1,"endEntry":4},
       {"day":"2026-12-02","ledger":"led_a","key":"key_x","meter":"entry-bytes","asset":"CPC",
        "prices":"%1$s","quantity":"570","free":"70","units":"6","charges":3,
        "firstCommit":2,"lastCommit":4,"firstEntry":1,"endEntry":4}],
       "movements":[{"ledger":"led_a","asset":"CPC","kind":"charge","from":"escrow","to":"revenue",
        "units":"36","postings":4,"firstEntry":1,"endEntry":4}],
       "burnDown":[
       {"day":"2026-12-02","asset":"CPC","available":"600","held":"0","escrow":"364","owed":"0"},
       {"day":"2026-12-09","asset":"CPC","available":"600","held":"0","escrow":"364","owed":"0"}],
       "through":[{"ledger":"led_a","commit":7}]}"""
          .formatted(PRICES);

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
                  free("key_x", "gas", 42_000, 2, 1, 3),
                  free("key_x", "calldata-bytes", SampleBlock.CALL_DATA_BYTES, 2, 1, 3),
                  free("key_x", "state-bytes", SampleBlock.CODE_BYTES + 64, 1, 1, 2),
                  free("key_x", "state-bytes", SampleBlock.CODE_BYTES, 1, 2, 3),
                  free("", "gas", 42_000, 1, 3, 4),
                  free("", "calldata-bytes", SampleBlock.CALL_DATA_BYTES, 1, 3, 4),
                  free("", "state-bytes", SampleBlock.CODE_BYTES, 1, 3, 4)));

  private static String free(
      String key, String meter, int quantity, int times, int firstEntry, int endEntry) {
    return """
        {"key":"%s","meter":"%s","prices":"%s","quantity":"%d","units":"0","times":%d,
         "since":"2026-12-02T08:00:00Z","until":"2026-12-02T09:00:00Z",
         "firstCommit":2,"lastCommit":4,"firstEntry":%d,"endEntry":%d}"""
        .formatted(key, meter, PRICES, quantity, times, firstEntry, endEntry);
  }

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

  private static final String PROOFS_CHARGED =
      """
      {"ledger":"led_journal","day":"2026-12-02","firstCommit":1,"lastCommit":9,"charges":[
       {"key":"key_x","meter":"proofs","prices":"%s","quantity":"3","units":"6","times":1,
        "since":"2026-12-02T08:00:00Z","until":"2026-12-02T08:00:00Z",
        "firstCommit":4,"lastCommit":4,"firstEntry":3,"endEntry":4}],
       "movements":[{"asset":"CPC","kind":"charge","from":"escrow","to":"revenue","units":"6",
        "postings":1,"firstEntry":3,"endEntry":4}]}"""
          .formatted(PRICES);

  /** The platform's first entry, and three of a key: 250, 250 and 70 bytes. */
  private static byte[] leaf(int index) {
    return index == 0
        ? Entry.of("mooring.genesis", "led_a", Payload.of(new byte[40], "")).toBytes()
        : leaf("shipment.moved", Payload.of(new byte[index < 3 ? 250 : 70], ""));
  }

  private static byte[] leaf(String type, Payload payload) {
    return Entry.of(type, "", payload).with(new Submission("key_x", 0, Hash.ofNothing())).toBytes();
  }

  @TempDir private Path folder;
  private final Random random = new Random(7);
  private final List<String> shown = new ArrayList<>();
  private Frontier frontier = Frontier.empty();
  private SampleLog ledger = new SampleLog(5, BillVerifyTest::leaf, SampleLog.SIGNER);
  private byte[] block = SampleBlock.of(42_000).content();
  private int blocksShown = 4;
  private IntFunction<byte[]> blockLeaves = BillVerifyTest::blockLeaf;
  private String genesis = GENESIS;
  private String made = MADE;
  private String sheet = SHEET;
  private String invoice = INVOICE;
  private final LoopbackServer server = new LoopbackServer(this::handle);

  private void handle(HttpExchange exchange) throws IOException {
    String journal = "/v1/ledgers/led_journal";
    String path = exchange.getRequestURI().getPath();
    String answer = "";
    if (path.equals(journal + "/log/checkpoint")) {
      var checkpoint = new Checkpoint(SIGNER.verifierKey().name(), frontier.head());
      answer = SignedCheckpoint.sign(checkpoint, SIGNER).encoded();
    } else if (path.equals(journal + "/entries")) {
      int from = Integer.parseInt(exchange.getRequestURI().getQuery().split("[=&]")[1]);
      // Two to a page, whatever was asked for: a server may show fewer.
      List<String> page = shown.subList(from, Math.min(from + 2, shown.size()));
      answer = "{\"items\":[" + String.join(",", page) + "],\"nextPageToken\":\"x\"}";
    } else if (path.equals(journal)) {
      answer = "{\"verifierKey\":\"" + KEY + "\"}";
    } else if (path.equals("/v1/prices/" + PRICES)) {
      answer = sheet;
    } else if (path.equals("/v1/statements/2026-12")) {
      answer = invoice;
    }
    if (path.equals("/v1/ledgers/led_a/entries")) {
      answer = blocks(exchange.getRequestURI().getQuery());
    }
    if (path.equals("/v1/ledgers/led_a/entries/0")) {
      answer = "{\"salt\":\"%s\"}".formatted(CanonicalBase64.encode(SALT.bytes()));
    } else if (path.equals("/v1/ledgers/led_a/entries/0/payload")) {
      answer = genesis;
    }
    String ofLedger = "/v1/ledgers/led_a/log/";
    byte[] bytes =
        path.startsWith(ofLedger)
            ? ledger.files().getOrDefault(path.substring(ofLedger.length()), new byte[0])
            : answer.getBytes();
    LoopbackServer.answer(exchange, bytes.length == 0 ? 404 : 200, bytes);
  }

  /** Two to a page, here too. */
  private String blocks(String query) {
    int from = Integer.parseInt(query.split("[=&]")[1]);
    return IntStream.range(from, Math.min(from + 2, blocksShown))
        .mapToObj(index -> index == 0 ? genesis.getBytes() : block)
        .map(CanonicalBase64::encode)
        .map(
            bytes ->
                "{\"bytes\":\"%s\",\"salt\":\"%s\"}"
                    .formatted(bytes, CanonicalBase64.encode(SALT.bytes())))
        .collect(Collectors.joining(",", "{\"items\":[", "]}"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void journal(String... charged) {
    entry("tenant.created", "2026-11-21T10:00:00Z", "{}");
    entry("credits.posted", "2026-11-21T10:00:01Z", BOUGHT);
    entry("ledger.created", "2026-11-21T10:00:02Z", made);
    for (String tally : charged) {
      entry("credits.charged", "2026-12-03T00:10:00Z", tally);
    }
  }

  private void entry(String type, String committed, String data) {
    Salt salt = Salt.random(random);
    byte[] leaf = leaf(type, Payload.salted(salt, data.getBytes(), "application/json"));
    frontier = frontier.append(Hash.ofLeaf(leaf));
    shown.add(
        "{\"index\":%d,\"type\":\"%s\",\"committedAt\":\"%s\",\"data\":%s,\"salt\":\"%s\",\"entry\":\"%s\"}"
            .formatted(
                shown.size(),
                type,
                committed,
                data,
                CanonicalBase64.encode(salt.bytes()),
                CanonicalBase64.encode(leaf)));
  }

  private Run verify(Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("bill", "verify", "2026-12", "--url", server.url(), "--api-key", "k"));
    arguments.addAll(List.of("--key", KEY));
    arguments.addAll(List.of(more));
    return Run.moor(arguments.toArray());
  }

  private void assertFalse(String layer, String words) {
    Run run = verify();
    assertEquals(1, run.exit(), run.out() + run.err());
    assertTrue(run.out().contains("NO  " + layer), run.out());
    assertTrue(run.out().contains(words), run.out());
  }

  @Test
  void anExactInvoiceIsValidLayerByLayer() {
    journal(CHARGED);
    assertEquals(
        """
        invoice of 2026-12: valid
          ok  checkpoint  signed by mooring.example/ten_a/led_journal, 4 entries
          ok  journal     4 entries hash to the signed root
          ok  prices      1 list hash to the version that charges name
          ok  charges     6 charges of 1 ledger computed again, without a gap
          ok  leaves      3 entries of 1 ledger, each told once, with its bytes
          ok  invoice     2 lines, movements and balances, each to the unit
        """,
        verify().out());
    assertEquals(0, verify().exit());
  }

  @Test
  void theInvoiceThatWasGivenIsTheOneThatCounts() throws IOException {
    journal(CHARGED);
    Path given = Files.writeString(folder.resolve("i.json"), INVOICE.replace("\"36\"", "\"37\""));
    assertEquals(1, verify("--invoice", given).exit());
    assertEquals(0, verify().exit());
  }

  @Test
  void oneUnitMoreAnywhereInTheInvoiceIsFound() {
    journal(CHARGED);
    for (String number :
        List.of(
            "\"units\":\"30\"",
            "\"quantity\":\"570\"",
            "\"free\":\"70\"",
            "\"escrow\":\"364\",\"owed\":\"0\"},\"charged\"",
            "\"available\":\"600\",\"held\":\"0\",\"escrow\":\"400\"",
            "\"charged\":\"36\"",
            "\"charges\":3",
            "\"lastCommit\":4,\"firstEntry\"",
            "\"postings\":4")) {
      assertTrue(INVOICE.contains(number), number);
      invoice = INVOICE.replace(number, number.replaceFirst("[0-9]", "9"));
      boolean later = number.startsWith("\"lastCommit\""); // than the journal tells
      assertEquals(later ? 2 : 1, verify().exit(), number);
    }
  }

  @Test
  void aLineThatWasLeftOutIsFound() {
    journal(CHARGED);
    invoice = INVOICE.replaceFirst("(?s)\"usage\":\\[.*?\\],", "\"usage\":[],");
    assertFalse("invoice", "the journal makes it 30 units");
  }

  @Test
  void aChargeThatIsNotWhatThePriceListSaysIsFound() {
    journal(
        CHARGED.replace(
            "\"quantity\":\"1\",\"units\":\"10\"", "\"quantity\":\"1\",\"units\":\"11\""));
    assertFalse("charges", "1 of entries cost 10 by its price list, but 11 was charged");
  }

  @Test
  void moreTakenThanChargedIsFound() {
    journal(CHARGED.replace("\"units\":\"36\"", "\"units\":\"37\""));
    assertFalse("charges", "its charges are {CPC=36}, but {CPC=37} was taken");
  }

  @Test
  void aGapOrADoublingBetweenTalliesIsFound() {
    journal(CHARGED, CHARGED);
    assertFalse("charges", "begins with commit 1 of led_a and not with 6");
  }

  @Test
  void aTallyOfMoreEntriesThanTheLeavesIsFound() {
    journal(
        CHARGED
            .replace("\"units\":\"10\",\"times\":3", "\"units\":\"10\",\"times\":4")
            .replace("\"36\"", "\"46\""));
    invoice =
        INVOICE
            .replace("\"36\"", "\"46\"")
            .replace("\"364\"", "\"354\"")
            .replace(
                "\"quantity\":\"3\",\"free\":\"0\",\"units\":\"30\",\"charges\":3",
                "\"quantity\":\"4\",\"free\":\"0\",\"units\":\"40\",\"charges\":4");
    assertOnlyTheLeavesDiffer(
        "ledger led_a: entry 3 of the journal tells 4 entries of key_x,"
            + " its entries 0 to before 4 make it 3");
  }

  @Test
  void aTallyOfFewerBytesThanTheLeavesIsFound() {
    journal(CHARGED.replace("\"quantity\":\"250\"", "\"quantity\":\"230\""));
    invoice = INVOICE.replace("\"quantity\":\"570\"", "\"quantity\":\"530\"");
    assertOnlyTheLeavesDiffer("tells 530 entry-bytes of key_x");
  }

  @Test
  void aTallyOfAnotherKeyThanTheLeavesIsFound() {
    journal(CHARGED.replace("key_x", "key_y"));
    invoice = INVOICE.replace("key_x", "key_y");
    assertOnlyTheLeavesDiffer("of key_x");
  }

  @Test
  void aTallyOfEntriesThatAreNotThereIsFound() {
    journal(CHARGED.replace("\"endEntry\":4", "\"endEntry\":7"));
    invoice = INVOICE.replace("\"endEntry\":4", "\"endEntry\":7");
    assertOnlyTheLeavesDiffer("ledger led_a: it has 5 entries only");
  }

  private void assertOnlyTheLeavesDiffer(String words) {
    assertFalse("leaves", words);
    assertTrue(verify().out().contains("ok  charges"), verify().out());
    assertTrue(verify().out().contains("ok  invoice"), verify().out());
  }

  @Test
  void leavesThatAreNotUnderTheSignedHeadAreFound() {
    journal(CHARGED);
    ledger.flip("tile/entries/000.p/5", 20);
    assertFalse("leaves", "ledger led_a: its entries from 0 on do not hash to the signed root");
  }

  @Test
  void leavesAreReadFromTheBundlesOfALongLog() {
    journal(CHARGED);
    ledger = new SampleLog(70_000, BillVerifyTest::leaf, SampleLog.SIGNER);
    assertEquals(0, verify().exit(), verify().out());
    assertEquals(
        1,
        server.asked().stream()
            .filter(asked -> asked.contains("tile/entries/"))
            .distinct()
            .count());
    ledger.flip("tile/entries/000", 9_000); // in a leaf that nobody asks for
    assertFalse("leaves", "do not hash to the signed root");
  }

  @Test
  void aLedgerWhoseHeadAnotherKeySignedIsFound() {
    journal(CHARGED);
    LogSigner other = LogSigner.ofSeed("log.example/ship", Arrays.copyOf(new byte[] {1}, 32));
    ledger = new SampleLog(5, BillVerifyTest::leaf, other);
    assertFalse("leaves", "its checkpoint is not signed by the key that the journal names");
  }

  @Test
  void aTallyOfALedgerThatNobodyMadeIsFound() {
    journal(CHARGED.replace("led_a", "led_b"));
    assertFalse("leaves", "ledger led_b: the journal does not say that it was made");
  }

  @Test
  void proofsThatTheJournalChargesAreComparedWithWhatItSays() {
    journal();
    entry("proofs.charged", "2026-12-02T08:00:00Z", "{\"proofs\":\"7\",\"free\":\"4\"}");
    entry("credits.charged", "2026-12-03T00:10:00Z", PROOFS_CHARGED);
    assertTrue(verify().out().contains("ok  leaves"), verify().out());
  }

  @Test
  void moreProofsThanTheJournalSaysAreFound() {
    journal();
    entry("proofs.charged", "2026-12-02T08:00:00Z", "{\"proofs\":\"7\",\"free\":\"5\"}");
    entry("credits.charged", "2026-12-03T00:10:00Z", PROOFS_CHARGED);
    assertFalse("leaves", "entry 4 of the journal tells 3 proofs of key_x");
  }

  @Test
  void moreMessagesThanEntriesAreFound() {
    String messages = free("key_x", "messages", 1, 3, 1, 4);
    journal(CHARGED.replace("\"charges\":[", "\"charges\":[" + messages + ","));
    assertTrue(verify().out().contains("ok  leaves"), verify().out());
    shown.clear();
    frontier = Frontier.empty();
    messages = free("key_x", "messages", 1, 4, 1, 4);
    journal(CHARGED.replace("\"charges\":[", "\"charges\":[" + messages + ","));
    assertFalse("leaves", "tells 4 messages of key_x, its entries 0 to before 4 make it 0 to 3");
  }

  private void chain(String... charged) {
    made = MADE.replace("\"log\"", "\"evm\"");
    ledger = new SampleLog(4, blockLeaves, SampleLog.SIGNER);
    journal(charged);
  }

  private String blocksFinding() {
    Run run = verify();
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
    assertTrue(verify().out().contains("ok  leaves      0 entries of 0 ledgers"), verify().out());
  }

  @Test
  void oneMoreOfAnythingThatABlockUsesIsFound() {
    int callData = SampleBlock.CALL_DATA_BYTES;
    String entry = "ledger led_a: entry 3 of the journal tells ";
    chain(BLOCKS_CHARGED.replaceFirst("\"42000\"", "\"42001\""));
    assertFalse("blocks", entry + "84002 gas of key_x, its entries 0 to before 4 make it 84000");
    again(BLOCKS_CHARGED.replaceFirst("\"" + callData + "\"", "\"" + (callData - 1) + "\""));
    assertFalse("blocks", entry + "148 calldata-bytes of key_x");
    again(BLOCKS_CHARGED.replaceFirst("\"134\"", "\"135\""));
    assertFalse(
        "blocks", entry + "205 state-bytes of key_x, its entries 0 to before 4 make it 204");
    String gasOfNone = "(\"key\":\"\",\"meter\":\"gas\"[^}]*)42000";
    again(BLOCKS_CHARGED.replaceFirst(gasOfNone, "$1" + "42001"));
    assertFalse("blocks", entry + "42001 gas of several keys together");
  }

  private void again(String... charged) {
    shown.clear();
    frontier = Frontier.empty();
    chain(charged);
  }

  @Test
  void aBlockThatIsToldTwiceOrOfAnotherKeyIsFound() {
    chain(BLOCKS_CHARGED.replace("\"times\":2", "\"times\":3"));
    assertFalse(
        "blocks", "tells 225 calldata-bytes of key_x, its entries 0 to before 4 make it 150");
    again(BLOCKS_CHARGED.replace("key_x", "key_y"));
    assertFalse("blocks", "of key_x");
  }

  @Test
  void aChainHasNoEntriesToPayFor() {
    chain(BLOCKS_CHARGED.replaceFirst("state-bytes", "entries"));
    assertFalse("blocks", "tells 134 entries of key_x, its entries 0 to before 4 make it 0");
  }

  @Test
  void aLogHasNoGas() {
    String gas = free("key_x", "gas", 9, 1, 1, 2);
    journal(CHARGED.replace("\"charges\":[", "\"charges\":[" + gas + ","));
    assertFalse("leaves", "tells 9 gas of key_x, its entries 0 to before 4 make it 0");
  }

  @Test
  void aBlockOfOtherContentThanItsLeafCommitsToIsFound() {
    chain(BLOCKS_CHARGED);
    block = SampleBlock.of(42_001).content();
    assertFalse("blocks", "led_a: the block in entry 1: it is not what its leaf commits to");
  }

  @Test
  void slotsThatWereFullFromTheBeginningAreNotNew() {
    genesis = GENESIS.replace("0x0\"", "0x1\"");
    chain(BLOCKS_CHARGED);
    assertFalse("blocks", "its first entry is not what its leaf commits to");
    blockLeaves =
        index ->
            index == 0
                ? Entry.of("mooring.genesis", "", Payload.salted(SALT, genesis.getBytes(), ""))
                    .toBytes()
                : blockLeaf(index);
    again(BLOCKS_CHARGED);
    assertFalse("blocks", "tells 204 state-bytes of key_x, its entries 0 to before 4 make it 140");
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
                free("key_x", "gas", 42_000, end - first, first, end),
                free(
                    "key_x",
                    "calldata-bytes",
                    SampleBlock.CALL_DATA_BYTES,
                    end - first,
                    first,
                    end),
                free("key_x", "state-bytes", stateBytes, 1, first, end)));
  }

  @Test
  void whatAMonthBeforeFilledIsNotNewAgain() {
    String november = blocksCharged("2026-11-30", 1, 3, 2 * SampleBlock.CODE_BYTES + 64);
    String december = blocksCharged("2026-12-02", 3, 4, SampleBlock.CODE_BYTES);
    blockLeaves = index -> blockLeaf(Math.min(index, 2)); // all of one key
    chain(november, december);
    assertEquals(
        "  ok  blocks      1 block of 1 chain, each told once, with its gas, call data and new state",
        blocksFinding());
    again(november, blocksCharged("2026-12-02", 3, 4, SampleBlock.CODE_BYTES + 64));
    assertFalse("blocks", "tells 134 state-bytes of key_x, its entries 3 to before 4 make it 70");
  }

  @Test
  void ofThisMonthOnlyNewStateLiesBetweenTwoBounds() {
    for (String told : List.of("70", "134", "198")) {
      again(BLOCKS_CHARGED.replaceFirst("\"134\"", "\"" + told + "\""));
      Run run = verify("--this-month-only");
      assertTrue(run.out().contains("call data, and new state within its bounds"), run.out());
    }
    for (String told : List.of("69", "199")) {
      again(BLOCKS_CHARGED.replaceFirst("\"134\"", "\"" + told + "\""));
      Run run = verify("--this-month-only");
      assertTrue(run.out().contains("before 4 make it 140 to 268"), run.out());
    }
  }

  @Test
  void blocksThatAreNotShownCannotBeTold() {
    chain(BLOCKS_CHARGED);
    blocksShown = 2;
    Run run = verify();
    assertEquals(2, run.exit(), run.out() + run.err());
    assertTrue(run.err().contains("does not show entry 2 of led_a"), run.out() + run.err());
  }

  @Test
  void aPriceListWithOtherBytesIsFound() {
    journal(CHARGED);
    sheet = SHEET + " ";
    assertFalse("prices", "has other bytes than its version says");
  }

  @Test
  void aPriceListThatWasNotInForceIsFound() {
    journal(CHARGED.replace("2026-12-02T08", "2026-11-20T08"));
    assertFalse("charges", "its price list was not in force at 2026-11-20T08:00:00Z");
  }

  @Test
  void aJournalThatShowsOtherWordsThanItsLeavesIsFound() {
    journal(CHARGED);
    shown.replaceAll(entry -> entry.replace("\"amount\":\"1000\"", "\"amount\":\"2000\""));
    assertFalse("journal", "entry 1 does not say what its leaf commits to");
  }

  @Test
  void aJournalOfOtherEntriesThanTheSignedOnesIsFound() {
    journal(CHARGED);
    Frontier signed = frontier;
    shown.removeLast();
    frontier = signed;
    entry("credits.charged", "2026-12-03T00:10:00Z", CHARGED.replace("key_x", "key_y"));
    frontier = signed;
    assertFalse("journal", "do not hash to the signed root");
  }

  @Test
  void whatTheJournalDoesNotTellYetCannotBeTold() {
    journal();
    Run run = verify();
    assertEquals(2, run.exit(), run.out());
    assertTrue(run.out().contains("does not tell yet all that was charged in led_a"), run.out());
  }

  @Test
  void withoutAKeyTheServerIsAskedAndTheFindingSaysSo() {
    journal(CHARGED);
    Run run =
        Run.moor("bill", "verify", "2026-12", "--url", server.url(), "--api-key", "k", "--json");
    assertEquals(0, run.exit(), run.out() + run.err());
    assertTrue(run.out().contains("taken from the server"), run.out());
  }
}
