package io.mooring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.Entry;
import io.mooring.ledger.Payload;
import io.mooring.ledger.note.LogSigner;
import io.mooring.ledger.tlog.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is derived again of an invoice, all written out here by hand. */
class BillVerifyTest {
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
          .formatted(BilledServer.PRICES);
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
          .formatted(BilledServer.PRICES);

  private static final String PROOFS_CHARGED =
      """
      {"ledger":"led_journal","day":"2026-12-02","firstCommit":1,"lastCommit":9,"charges":[
       {"key":"key_x","meter":"proofs","prices":"%s","quantity":"3","units":"6","times":1,
        "since":"2026-12-02T08:00:00Z","until":"2026-12-02T08:00:00Z",
        "firstCommit":4,"lastCommit":4,"firstEntry":3,"endEntry":4}],
       "movements":[{"asset":"CPC","kind":"charge","from":"escrow","to":"revenue","units":"6",
        "postings":1,"firstEntry":3,"endEntry":4}]}"""
          .formatted(BilledServer.PRICES);

  /** The platform's first entry, and three of a key: 250, 250 and 70 bytes. */
  private static byte[] leaf(int index) {
    return index == 0
        ? Entry.of("mooring.genesis", "led_a", Payload.of(new byte[40], "")).toBytes()
        : BilledServer.leaf("shipment.moved", Payload.of(new byte[index < 3 ? 250 : 70], ""));
  }

  @TempDir private Path folder;
  private final BilledServer server =
      new BilledServer(
          BilledServer.MADE, new SampleLog(5, BillVerifyTest::leaf, SampleLog.SIGNER), INVOICE);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anExactInvoiceIsValidLayerByLayer() {
    server.journal(CHARGED);
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
        server.verify().out());
    assertEquals(0, server.verify().exit());
  }

  @Test
  void theInvoiceThatWasGivenIsTheOneThatCounts() throws IOException {
    server.journal(CHARGED);
    Path given = Files.writeString(folder.resolve("i.json"), INVOICE.replace("\"36\"", "\"37\""));
    assertEquals(1, server.verify("--invoice", given).exit());
    assertEquals(0, server.verify().exit());
  }

  @Test
  void oneUnitMoreAnywhereInTheInvoiceIsFound() {
    server.journal(CHARGED);
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
      server.invoice = INVOICE.replace(number, number.replaceFirst("[0-9]", "9"));
      boolean later = number.startsWith("\"lastCommit\""); // than the journal tells
      assertEquals(later ? 2 : 1, server.verify().exit(), number);
    }
  }

  @Test
  void aLineThatWasLeftOutIsFound() {
    server.journal(CHARGED);
    server.invoice = INVOICE.replaceFirst("(?s)\"usage\":\\[.*?\\],", "\"usage\":[],");
    server.assertFalse("invoice", "the journal makes it 30 units");
  }

  @Test
  void aChargeThatIsNotWhatThePriceListSaysIsFound() {
    server.journal(
        CHARGED.replace(
            "\"quantity\":\"1\",\"units\":\"10\"", "\"quantity\":\"1\",\"units\":\"11\""));
    server.assertFalse("charges", "1 of entries cost 10 by its price list, but 11 was charged");
  }

  @Test
  void moreTakenThanChargedIsFound() {
    server.journal(CHARGED.replace("\"units\":\"36\"", "\"units\":\"37\""));
    server.assertFalse("charges", "its charges are {CPC=36}, but {CPC=37} was taken");
  }

  @Test
  void aGapOrADoublingBetweenTalliesIsFound() {
    server.journal(CHARGED, CHARGED);
    server.assertFalse("charges", "begins with commit 1 of led_a and not with 6");
  }

  @Test
  void aTallyOfMoreEntriesThanTheLeavesIsFound() {
    server.journal(
        CHARGED
            .replace("\"units\":\"10\",\"times\":3", "\"units\":\"10\",\"times\":4")
            .replace("\"36\"", "\"46\""));
    server.invoice =
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
    server.journal(CHARGED.replace("\"quantity\":\"250\"", "\"quantity\":\"230\""));
    server.invoice = INVOICE.replace("\"quantity\":\"570\"", "\"quantity\":\"530\"");
    assertOnlyTheLeavesDiffer("tells 530 entry-bytes of key_x");
  }

  @Test
  void aTallyOfAnotherKeyThanTheLeavesIsFound() {
    server.journal(CHARGED.replace("key_x", "key_y"));
    server.invoice = INVOICE.replace("key_x", "key_y");
    assertOnlyTheLeavesDiffer("of key_x");
  }

  @Test
  void aTallyOfEntriesThatAreNotThereIsFound() {
    server.journal(CHARGED.replace("\"endEntry\":4", "\"endEntry\":7"));
    server.invoice = INVOICE.replace("\"endEntry\":4", "\"endEntry\":7");
    assertOnlyTheLeavesDiffer("ledger led_a: it has 5 entries only");
  }

  private void assertOnlyTheLeavesDiffer(String words) {
    server.assertFalse("leaves", words);
    assertTrue(server.verify().out().contains("ok  charges"), server.verify().out());
    assertTrue(server.verify().out().contains("ok  invoice"), server.verify().out());
  }

  @Test
  void leavesThatAreNotUnderTheSignedHeadAreFound() {
    server.journal(CHARGED);
    server.ledger.flip("tile/entries/000.p/5", 20);
    server.assertFalse(
        "leaves", "ledger led_a: its entries from 0 on do not hash to the signed root");
  }

  @Test
  void leavesAreReadFromTheBundlesOfALongLog() {
    server.journal(CHARGED);
    server.ledger = new SampleLog(70_000, BillVerifyTest::leaf, SampleLog.SIGNER);
    assertEquals(0, server.verify().exit(), server.verify().out());
    assertEquals(
        1,
        server.asked().stream()
            .filter(asked -> asked.contains("tile/entries/"))
            .distinct()
            .count());
    server.ledger.flip("tile/entries/000", 9_000); // in a leaf that nobody asks for
    server.assertFalse("leaves", "do not hash to the signed root");
  }

  @Test
  void aLedgerWhoseHeadAnotherKeySignedIsFound() {
    server.journal(CHARGED);
    LogSigner other = LogSigner.ofSeed("log.example/ship", Arrays.copyOf(new byte[] {1}, 32));
    server.ledger = new SampleLog(5, BillVerifyTest::leaf, other);
    server.assertFalse("leaves", "its checkpoint is not signed by the key that the journal names");
  }

  @Test
  void aTallyOfALedgerThatNobodyMadeIsFound() {
    server.journal(CHARGED.replace("led_a", "led_b"));
    server.assertFalse("leaves", "ledger led_b: the journal does not say that it was made");
  }

  @Test
  void proofsThatTheJournalChargesAreComparedWithWhatItSays() {
    server.journal();
    server.entry("proofs.charged", "2026-12-02T08:00:00Z", "{\"proofs\":\"7\",\"free\":\"4\"}");
    server.entry("credits.charged", "2026-12-03T00:10:00Z", PROOFS_CHARGED);
    assertTrue(server.verify().out().contains("ok  leaves"), server.verify().out());
  }

  @Test
  void moreProofsThanTheJournalSaysAreFound() {
    server.journal();
    server.entry("proofs.charged", "2026-12-02T08:00:00Z", "{\"proofs\":\"7\",\"free\":\"5\"}");
    server.entry("credits.charged", "2026-12-03T00:10:00Z", PROOFS_CHARGED);
    server.assertFalse("leaves", "entry 4 of the journal tells 3 proofs of key_x");
  }

  @Test
  void moreMessagesThanEntriesAreFound() {
    String messages = BilledServer.free("key_x", "messages", 1, 3, 1, 4);
    server.journal(CHARGED.replace("\"charges\":[", "\"charges\":[" + messages + ","));
    assertTrue(server.verify().out().contains("ok  leaves"), server.verify().out());
    messages = BilledServer.free("key_x", "messages", 1, 4, 1, 4);
    server.journal(CHARGED.replace("\"charges\":[", "\"charges\":[" + messages + ","));
    server.assertFalse(
        "leaves", "tells 4 messages of key_x, its entries 0 to before 4 make it 0 to 3");
  }

  @Test
  void aLogHasNoGas() {
    String gas = BilledServer.free("key_x", "gas", 9, 1, 1, 2);
    server.journal(CHARGED.replace("\"charges\":[", "\"charges\":[" + gas + ","));
    server.assertFalse("leaves", "tells 9 gas of key_x, its entries 0 to before 4 make it 0");
  }

  @Test
  void aPriceListWithOtherBytesIsFound() {
    server.journal(CHARGED);
    server.sheet = BilledServer.SHEET + " ";
    server.assertFalse("prices", "has other bytes than its version says");
  }

  @Test
  void aPriceListThatWasNotInForceIsFound() {
    server.journal(CHARGED.replace("2026-12-02T08", "2026-11-20T08"));
    server.assertFalse("charges", "its price list was not in force at 2026-11-20T08:00:00Z");
  }

  @Test
  void aJournalThatShowsOtherWordsThanItsLeavesIsFound() {
    server.journal(CHARGED);
    server.shown.replaceAll(entry -> entry.replace("\"amount\":\"1000\"", "\"amount\":\"2000\""));
    server.assertFalse("journal", "entry 1 does not say what its leaf commits to");
  }

  @Test
  void aJournalOfOtherEntriesThanTheSignedOnesIsFound() {
    server.journal(CHARGED);
    server.signNothingMore(
        () -> {
          server.shown.removeLast();
          server.entry(
              "credits.charged", "2026-12-03T00:10:00Z", CHARGED.replace("key_x", "key_y"));
        });
    server.assertFalse("journal", "do not hash to the signed root");
  }

  @Test
  void whatTheJournalDoesNotTellYetCannotBeTold() {
    server.journal();
    Run run = server.verify();
    assertEquals(2, run.exit(), run.out());
    assertTrue(run.out().contains("does not tell yet all that was charged in led_a"), run.out());
  }

  @Test
  void withoutAKeyTheServerIsAskedAndTheFindingSaysSo() {
    server.journal(CHARGED);
    Run run =
        Run.moor("bill", "verify", "2026-12", "--url", server.url(), "--api-key", "k", "--json");
    assertEquals(0, run.exit(), run.out() + run.err());
    assertTrue(run.out().contains("taken from the server"), run.out());
  }
}
