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
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** A server that shows a journal, a price list, an invoice and one ledger, written by hand. */
final class BilledServer implements AutoCloseable {
  static final LogSigner SIGNER =
      LogSigner.ofSeed("mooring.example/ten_a/led_journal", new byte[32]);
  static final String KEY = SIGNER.verifierKey().toString();
  static final String SHEET =
      """
      {"name":"plan-2026-11","plan":"plan","effective":"2026-11-21T00:00:00Z","prices":[
       {"meter":"entries","asset":"CPC","units":"10","per":"1"},
       {"meter":"entry-bytes","asset":"CPC","units":"1","per":"100"},
       {"meter":"proofs","asset":"CPC","units":"2","per":"1"},
       {"meter":"gas","asset":"CPC","units":"1","per":"1000"},
       {"meter":"calldata-bytes","asset":"CPC","units":"1","per":"16"},
       {"meter":"state-bytes","asset":"CPC","units":"5","per":"1"},
       {"meter":"messages","asset":"ITC","units":"1","per":"1"}]}""";
  static final String PRICES =
      "plan-2026-11."
          + HexFormat.of().formatHex(Hash.ofBytes(SHEET.getBytes()).bytes()).substring(0, 40);
  static final String BOUGHT =
      """
      {"change":1,"time":1,"postings":[
       {"kind":"top-up","asset":"CPC","amount":"1000","from":"purchase","to":"prepaid"},
       {"kind":"deposit","asset":"CPC","amount":"400","from":"prepaid","to":"escrow:led_a"}]}""";
  static final String MADE =
      """
      {"id":"led_a","name":"a","kind":"log","origin":"log.example/ship","verifierKey":"%s"}"""
          .formatted(SampleLog.SIGNER.verifierKey());

  /** As an answer: 503. */
  static final String BUSY = "busy";

  /** A row of a tally, within the free quota. */
  static String free(
      String key, String meter, int quantity, int times, int firstEntry, int endEntry) {
    return """
        {"key":"%s","meter":"%s","prices":"%s","quantity":"%d","units":"0","times":%d,
         "since":"2026-12-02T08:00:00Z","until":"2026-12-02T09:00:00Z",
         "firstCommit":2,"lastCommit":4,"firstEntry":%d,"endEntry":%d}"""
        .formatted(key, meter, PRICES, quantity, times, firstEntry, endEntry);
  }

  static byte[] leaf(String type, Payload payload) {
    return Entry.of(type, "", payload).with(new Submission("key_x", 0, Hash.ofNothing())).toBytes();
  }

  final List<String> shown = new ArrayList<>();
  SampleLog ledger;
  String made;
  String invoice;
  String sheet = SHEET;

  /** What the ledger's own paths answer, but for its log; empty for what is not there. */
  Function<URI, String> ofLedger = path -> "";

  private final Random random = new Random(7);
  private Frontier frontier = Frontier.empty();
  private final LoopbackServer server = new LoopbackServer(this::handle);

  BilledServer(String made, SampleLog ledger, String invoice) {
    this.made = made;
    this.ledger = ledger;
    this.invoice = invoice;
  }

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
    } else if (path.startsWith("/v1/ledgers/led_a/entries")) {
      answer = ofLedger.apply(exchange.getRequestURI());
    }
    String log = "/v1/ledgers/led_a/log/";
    byte[] bytes =
        path.startsWith(log)
            ? ledger.files().getOrDefault(path.substring(log.length()), new byte[0])
            : answer.getBytes();
    int status = answer.equals(BUSY) ? 503 : 200;
    LoopbackServer.answer(exchange, bytes.length == 0 ? 404 : status, bytes);
  }

  /** Begins the journal, with these tallies at its end. */
  void journal(String... charged) {
    shown.clear();
    frontier = Frontier.empty();
    entry("tenant.created", "2026-11-21T10:00:00Z", "{}");
    entry("credits.posted", "2026-11-21T10:00:01Z", BOUGHT);
    entry("ledger.created", "2026-11-21T10:00:02Z", made);
    for (String tally : charged) {
      entry("credits.charged", "2026-12-03T00:10:00Z", tally);
    }
  }

  void entry(String type, String committed, String data) {
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

  Run verify(Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("bill", "verify", "2026-12", "--url", server.url(), "--api-key", "k"));
    arguments.addAll(List.of("--key", KEY));
    arguments.addAll(List.of(more));
    return Run.moor(arguments.toArray());
  }

  void assertFalse(String layer, String words) {
    Run run = verify();
    assertEquals(1, run.exit(), run.out() + run.err());
    assertTrue(run.out().contains("NO  " + layer), run.out());
    assertTrue(run.out().contains(words), run.out());
  }

  /** Makes the signed head that of other entries than those that are shown. */
  void signNothingMore(Runnable change) {
    Frontier signed = frontier;
    change.run();
    frontier = signed;
  }

  List<String> asked() {
    return server.asked();
  }

  String url() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
  }
}
