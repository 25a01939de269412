package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooring.Project;
import io.mooring.e2e.LocalProduct.Said;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a chain charged is counted again in its blocks: transfers, a contract made and called, a
 * transaction that was reverted, and calls that no block has.
 */
@ExtendWith(SharedProduct.class)
class ChainBillIT {
  private static final String CHAIN = "/v1/ledgers/coins";
  private static final String RECEIVER = "0x00000000000000000000000000000000000000aa";
  private static final int TRANSFERS = 3;
  private static final int TRANSFER_GAS = 21_000;
  private static final int CODE_BYTES = 43;
  private static final int SLOT_BYTES = 64;

  /** Code that keeps a number: {@code set(uint256)}, {@code get()}, and all else reverts. */
  private static final String INIT_CODE =
      "602b8060095f395ff35f3560e01c806360fe47b114601b57636d4ce63c146022575f5ffd5b6004355f55005b"
          + "5f545f5260205ff3";

  /** An account with the same code, whose number is there from the beginning. */
  private static final String OLD_BOX = "0x00000000000000000000000000000000000000bb";

  private static final String SET_NINE = "60fe47b1" + "0".repeat(63) + "9";
  private static final String NO_FUNCTION = "deadbeef";

  private static LocalProduct product;
  private static String key;
  private static String sender;
  private static long gasUsed;

  @BeforeAll
  static void use(LocalProduct shared) {
    product = shared;
    key = product.newTenant("Coins", "developer");
    String tenant = LocalProduct.json(product.get("/v1/me", key)).at("/tenant/id").asText();
    sender = LocalProduct.json(post("/v1/held-keys", "", 201)).get("address").asText();
    String alloc =
        "{\"%s\":{\"balance\":\"1000000\"},\"%s\":{\"code\":\"0x%s\",\"storage\":{\"0\":\"5\"}}}"
            .formatted(sender, OLD_BOX, INIT_CODE.substring(18));
    post(
        "/v1/ledgers",
        "{\"name\":\"coins\",\"kind\":\"evm\",\"evm\":{\"alloc\":%s}}".formatted(alloc),
        201);

    for (int i = 0; i < TRANSFERS; i++) {
      assertEquals(1, mined("\"to\":\"%s\",\"value\":\"0x7\"".formatted(RECEIVER)).status);
    }
    String box = mined("\"data\":\"0x%s\"".formatted(INIT_CODE)).contract;
    String toBox = "\"to\":\"%s\",\"gas\":\"0x186a0\",\"data\":\"0x%s\"";
    for (String filled : List.of(box, box, OLD_BOX)) {
      assertEquals(1, mined(toBox.formatted(filled, SET_NINE)).status);
    }
    assertEquals(0, mined(toBox.formatted(box, NO_FUNCTION)).status);
    String call = "[{\"from\":\"%s\",\"to\":\"%s\",\"data\":\"0x6d4ce63c\"},\"latest\"]";
    assertTrue(rpc("eth_call", call.formatted(sender, box)).asText().endsWith("9"));

    String asked = "{\"tenant\":\"" + tenant + "\"}";
    HttpResponse<String> told =
        product.call("POST", "/v1/reconciliations", product.operatorKey(), asked);
    assertEquals(200, told.statusCode(), told.body());
    assertTrue(LocalProduct.json(told).get("addsUp").asBoolean(), told.body());
  }

  @Test
  void everyBlockIsChargedForWhatItsTransactionsUseAndCallsAreNot() throws IOException {
    int bytes = (INIT_CODE.length() + 3 * SET_NINE.length() + NO_FUNCTION.length()) / 2;
    assertEquals(
        Map.of(
            "gas",
            gasUsed,
            "calldata-bytes",
            (long) bytes,
            "state-bytes",
            (long) CODE_BYTES + SLOT_BYTES),
        used());
  }

  @Test
  void anHonestMonthIsCountedAgainInTheBlocks() {
    Said said = moor("--url", "http://127.0.0.1:" + product.port());
    assertEquals(0, said.exitCode(), said.text());
    String blocks =
        (TRANSFERS + 5) + " blocks of 1 chain, each told once, with its gas, call data and";
    assertTrue(said.text().contains("ok  blocks      " + blocks), said.text());
    said = moor("--url", "http://127.0.0.1:" + product.port(), "--this-month-only");
    assertEquals(0, said.exitCode(), said.text());
  }

  @Test
  void aCopyOfTheJournalIsAsGoodAsTheJournal() {
    Said said = verified(UnaryOperator.identity(), UnaryOperator.identity());
    assertEquals(0, said.exitCode(), said.text());
  }

  @Test
  void gasThatNoBlockUsedIsFoundThoughEverySumAddsUp() {
    // 21,000 gas cost 21 units, and so do 20,999.
    long all = gasUsed - TRANSFERS;
    Said said = verified(quantity("gas", TRANSFER_GAS, TRANSFER_GAS - 1), line("gas", all));
    assertOnlyTheBlocksDiffer(said, "tells %d gas of ".formatted(all), "make it " + gasUsed);
  }

  @Test
  void callDataThatNoTransactionHasIsFoundThoughEverySumAddsUp() throws IOException {
    // 36 bytes cost 3 units, and so do 37; three transactions have as many.
    long before = used().get("calldata-bytes");
    int bytes = SET_NINE.length() / 2;
    Said said =
        verified(quantity("calldata-bytes", bytes, bytes + 1), line("calldata-bytes", before + 3));
    assertOnlyTheBlocksDiffer(said, "calldata-bytes of ", "make it " + before);
  }

  @Test
  void aByteOfStateThatNoBlockMadeNewIsFound() {
    Said said =
        verified(quantity("state-bytes", SLOT_BYTES, SLOT_BYTES + 1), UnaryOperator.identity());
    assertEquals(1, said.exitCode(), said.text());
    assertTrue(said.text().contains("NO  blocks"), said.text());
    assertTrue(said.text().contains("tells 108 state-bytes of "), said.text());
    assertTrue(said.text().contains("make it 107"), said.text());
  }

  private static void assertOnlyTheBlocksDiffer(Said said, String told, String made) {
    assertEquals(1, said.exitCode(), said.text());
    assertTrue(said.text().contains("ok  charges"), said.text());
    assertTrue(said.text().contains("ok  invoice"), said.text());
    List<String> wrong = said.text().lines().filter(line -> line.contains("  NO  ")).toList();
    assertEquals(1, wrong.size(), said.text());
    assertTrue(wrong.getFirst().startsWith("  NO  blocks"), said.text());
    assertTrue(wrong.getFirst().contains(told), said.text());
    assertTrue(wrong.getFirst().contains(made), said.text());
  }

  /** Another quantity in the first row of a meter that has this one. */
  private static UnaryOperator<String> quantity(String meter, long before, long after) {
    String row = "(\"meter\":\"" + meter + "\",[^}]*\"quantity\":\")" + before + "\"";
    return data -> data.replaceFirst(row, "$1" + after + "\"");
  }

  /** Another quantity in the invoice's line of a meter. */
  private static UnaryOperator<String> line(String meter, long after) {
    String line = "(\"meter\":\"" + meter + "\",[^}]*\"quantity\":\")[0-9]+\"";
    return invoice -> {
      String bent = invoice.replaceFirst(line, "$1" + after + "\"");
      assertNotEquals(invoice, bent);
      return bent;
    };
  }

  private static Said verified(UnaryOperator<String> data, UnaryOperator<String> invoice) {
    try (CopiedJournal copy = new CopiedJournal(product, key, data, invoice)) {
      return moor("--url", copy.url(), "--key", copy.key());
    }
  }

  private static Said moor(String... more) {
    List<String> words = new ArrayList<>();
    words.add(Project.root().resolve("cli/moor").toString());
    words.addAll(List.of("bill", "verify", month()));
    words.addAll(List.of(more));
    ProcessBuilder command = new ProcessBuilder(words).redirectErrorStream(true);
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("MOORING_API_KEY", key);
    return LocalProduct.run(command);
  }

  /** What the statement says of the chain, by meter. */
  private static Map<String, Long> used() throws IOException {
    String statement = product.get("/v1/statements/" + month(), key).body();
    Map<String, Long> used = new TreeMap<>();
    for (JsonNode line : new ObjectMapper().readTree(statement).get("usage")) {
      used.merge(line.get("meter").asText(), line.get("quantity").asLong(), Long::sum);
    }
    return used;
  }

  private record Mined(int status, String contract) {}

  /** Sends by the held key, and waits for the block. */
  private static Mined mined(String rest) {
    String sent =
        rpc("eth_sendTransaction", "[{\"from\":\"%s\",%s}]".formatted(sender, rest)).asText();
    JsonNode receipt = rpc("eth_getTransactionReceipt", "[\"" + sent + "\"]");
    assertFalse(receipt.isNull(), sent);
    gasUsed += Long.decode(receipt.get("gasUsed").asText());
    int status = Integer.decode(receipt.get("status").asText());
    return new Mined(status, receipt.get("contractAddress").asText());
  }

  private static JsonNode rpc(String method, String parameters) {
    String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}";
    HttpResponse<String> answer = post(CHAIN + "/rpc", body.formatted(method, parameters), 200);
    JsonNode json = LocalProduct.json(answer);
    assertTrue(json.has("result"), method + ": " + answer.body());
    return json.get("result");
  }

  private static HttpResponse<String> post(String path, String body, int status) {
    HttpResponse<String> answer = product.call("POST", path, key, body);
    assertEquals(status, answer.statusCode(), answer.body());
    return answer;
  }

  private static String month() {
    return YearMonth.now(ZoneOffset.UTC).toString();
  }
}
