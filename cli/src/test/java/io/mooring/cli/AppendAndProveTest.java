package io.mooring.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Entry;
import io.mooring.ledger.Payload;
import io.mooring.ledger.Salt;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledger.tlog.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that has one ledger of 300 entries, where whatever is appended turns out to be 299. */
class AppendAndProveTest {
  private static final SampleLog LOG = new SampleLog(300);
  private static final String KEY = SampleLog.SIGNER.verifierKey().toString();
  private static final String PAYLOAD = new String(SampleLog.payload(299));

  @TempDir private Path folder;
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private String proof = LOG.proof(299).encoded();
  private String salt = "";
  private final LoopbackServer server = new LoopbackServer(this::handle);

  private void handle(HttpExchange exchange) throws IOException {
    headers.add(exchange.getRequestHeaders().getFirst("Authorization"));
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/v1/ledgers/led_1/entries")) {
      bodies.add(new String(exchange.getRequestBody().readAllBytes()));
      headers.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      LoopbackServer.answer(
          exchange, 201, "{\"index\":299,\"leafHash\":\"\",\"proof\":[]}".getBytes());
    } else if (path.equals("/v1/ledgers/led_1/entries/299/proof")) {
      LoopbackServer.answer(exchange, 200, proof.getBytes());
    } else if (path.equals("/v1/ledgers/led_1/entries/299")) {
      LoopbackServer.answer(exchange, 200, ("{\"salt\":\"" + salt + "\"}").getBytes());
    } else if (path.equals("/v1/ledgers/led_1")) {
      LoopbackServer.answer(exchange, 200, ("{\"verifierKey\":\"" + KEY + "\"}").getBytes());
    } else {
      String problem =
          "{\"code\":\"LedgerNotFound\",\"title\":\"No such ledger\",\"retryable\":false}";
      LoopbackServer.answer(exchange, 404, problem.getBytes());
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void appendsThePayloadAsItIsAndKeepsAProofThatWasVerified() throws IOException {
    Path out = folder.resolve("e.tlog-proof");
    Run run =
        moor(
            "append",
            "led_1",
            "--type",
            "shipment.moved",
            "--subject",
            "a \"b\"",
            "--data",
            PAYLOAD,
            "--idempotency-key",
            "once",
            "--key",
            KEY,
            "--out",
            out);
    assertEquals(0, run.exit(), run.out() + run.err());
    assertEquals(
        "{\"type\":\"shipment.moved\",\"subject\":\"a \\\"b\\\"\",\"data\":" + PAYLOAD + "}",
        bodies.getFirst());
    assertTrue(headers.containsAll(List.of("Bearer mk_test_1", "once")));
    assertTrue(run.out().contains("ok  payload     17 bytes, those that were sent"), run.out());
    assertEquals(0, Run.moor("verify", out, "--key", KEY).exit());
  }

  @Test
  void sendsAFileByteForByte() throws IOException {
    Path file = Files.writeString(folder.resolve("data"), " { \"a\" : 1.0 }\n");
    moor(
        "append",
        "led_1",
        "--type",
        "t",
        "--file",
        file,
        "--content-type",
        "text/plain",
        "--erasable",
        "--key",
        KEY);
    assertEquals(
        "{\"type\":\"t\",\"contentType\":\"text/plain\",\"erasable\":true,"
            + "\"bytes\":\"IHsgImEiIDogMS4wIH0K\"}",
        bodies.getFirst());
  }

  @Test
  void aReceiptForAnotherPayloadIsFalse() {
    Path out = folder.resolve("e.tlog-proof");
    Run run = moor("append", "led_1", "--type", "t", "--data", "{}", "--key", KEY, "--out", out);
    assertTrue(run.out().contains("NO  payload"), run.out());
    assertEquals(1, run.exit());
    assertFalse(Files.exists(out));
  }

  @Test
  void aReceiptThatProvesNothingIsFalse() {
    proof = proof.replace("\n300\n", "\n301\n");
    Run run = moor("append", "led_1", "--type", "t", "--data", PAYLOAD, "--key", KEY);
    assertTrue(run.out().contains("NO  checkpoint"), run.out());
    assertEquals(1, run.exit());
  }

  @Test
  void aSaltedReceiptIsCheckedWithTheSaltThatTheServerTells() throws IOException {
    Salt kept = Salt.random(new Random(1));
    byte[] entry = Entry.of("t", "", Payload.salted(kept, "{}".getBytes(), "")).toBytes();
    proof = new SampleLog(300, index -> entry, SampleLog.SIGNER).proof(299).encoded();
    Path payload = Files.writeString(folder.resolve("payload"), "{}");
    Path out = folder.resolve("e.tlog-proof");

    salt = CanonicalBase64.encode(kept.bytes());
    Run run = moor("append", "led_1", "--type", "t", "--data", "{}", "--key", KEY, "--out", out);
    assertTrue(
        run.out().contains("2 bytes, those that were sent; keep its salt " + salt), run.out());
    assertEquals(0, run.exit());
    assertEquals(
        0, Run.moor("verify", out, "--key", KEY, "--payload", payload, "--salt", salt).exit());
    assertTrue(moor("prove", "led_1", 299, "--key", KEY).out().contains("keep its salt " + salt));

    for (String bent : List.of("", "AAAA", CanonicalBase64.encode(new byte[16]))) {
      salt = bent;
      assertEquals(
          1, moor("append", "led_1", "--type", "t", "--data", "{}", "--key", KEY).exit(), bent);
    }
  }

  @Test
  void provesAnEntry() throws IOException {
    Path out = folder.resolve("e.tlog-proof");
    Run run = moor("prove", "led_1", 299, "--key", KEY, "--out", out);
    assertEquals(0, run.exit(), run.out() + run.err());
    assertArrayEquals(SampleLog.entry(299), ProofFile.parse(Files.readAllBytes(out)).extra());
    Run json = moor("prove", "led_1", 299, "--key", KEY, "--json");
    assertTrue(json.out().startsWith("{\"verdict\":\"valid\",\"index\":299,"), json.out());
  }

  @Test
  void saysWhenItsKeyIsOnlyTheServersWord() {
    Run run = moor("prove", "led_1", 299);
    assertTrue(run.out().contains("taken from the server; keep it"), run.out());
    assertEquals(0, run.exit());
  }

  @Test
  void cannotTellWhatTheServerRefusesOrDoesNotSay() {
    Run refused = moor("prove", "led_2", 299, "--key", KEY);
    assertTrue(
        refused.err().contains("the server refuses: 404 LedgerNotFound No such ledger"),
        refused.err());
    assertEquals(2, refused.exit());

    proof = "<html>";
    assertEquals(2, moor("prove", "led_1", 299, "--key", KEY).exit());
    proof = LOG.proof(7).encoded();
    assertEquals(2, moor("prove", "led_1", 299, "--key", KEY).exit());
    proof = "x".repeat(ProofFile.BYTES_MAX + 10);
    assertTrue(moor("prove", "led_1", 299, "--key", KEY).err().contains("more than"));
    assertEquals(
        2, Run.moor("prove", "led_1", 299, "--key", KEY, "--url", "http://127.0.0.1:1").exit());
    assertEquals(2, Run.moor("prove", "led_1", 299, "--key", KEY, "--url", "no address").exit());
  }

  @Test
  void saysHowToAskAgainSafelyWhenThereIsNoAnswer() {
    Run run =
        Run.moor("append", "led_1", "--type", "t", "--data", "{}", "--url", "http://127.0.0.1:1");
    assertTrue(
        run.err().matches("(?s).*to try again, give --idempotency-key [0-9a-f-]{36}\\s*"),
        run.err());
    assertEquals(2, run.exit());
  }

  @Test
  void refusesAPayloadThatIsNoJsonBeforeItAsks() {
    assertEquals(2, moor("append", "led_1", "--type", "t", "--data", "{", "--key", KEY).exit());
    assertEquals(2, moor("append", "led_1", "--type", "t", "--key", KEY).exit());
    assertEquals(List.of(), server.asked());
  }

  private Run moor(Object... arguments) {
    Object[] all = new Object[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--url";
    all[arguments.length + 1] = server.url();
    all[arguments.length + 2] = "--api-key";
    all[arguments.length + 3] = "mk_test_1";
    return Run.moor(all);
  }
}
