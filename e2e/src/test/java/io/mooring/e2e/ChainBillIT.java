package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
 * What chains charged is counted again in their blocks: transfers, a contract made and called, a
 * transaction that was reverted, calls that no block has, and accounts that go and come again.
 */
@ExtendWith(SharedProduct.class)
class ChainBillIT {
  private static final String RECEIVER = "0x00000000000000000000000000000000000000aa";
  private static final int TRANSFERS = 3;
  private static final int TRANSFER_GAS = 21_000;
  private static final int CODE_BYTES = 43;
  private static final int CODE_BEGINS = 9;
  private static final int SLOT_BYTES = 64;

  /** Code that keeps a number: {@code set(uint256)}, {@code get()}, and all else reverts. */
  private static final String INIT_CODE =
      "602b8060095f395ff35f3560e01c806360fe47b114601b57636d4ce63c146022575f5ffd5b6004355f55005b"
          + "5f545f5260205ff3";

  /** An account with the same code, whose number is there from the beginning. */
  private static final String OLD_BOX = "0x00000000000000000000000000000000000000bb";

  private static final String SET_NINE = "60fe47b1" + "0".repeat(63) + "9";
  private static final String NO_FUNCTION = "deadbeef";

  /** Code that makes a contract of the code that it is sent, always at the same address. */
  private static final String FACTORY = "0x00000000000000000000000000000000000000fa";

  private static final String FACTORY_CODE = "365f5f375f365f5ff55f5260205ff3";

  /** Fills a slot, and leaves code of two bytes that destroys the account. */
  private static final String PHOENIX = "60095f556133ff5f526002601ef3";

  private static final int PHOENIX_CODE_BYTES = 2;
  private static final int LIVES = 3;

  private static LocalProduct product;
  private static String key;
  private static String sender;
  private static String coins;
  private static String ashes;
  private static final Map<String, Long> gasUsed = new TreeMap<>();

  @BeforeAll
  static void use(LocalProduct shared) {
    product = shared;
    key = product.newTenant("Coins", "developer");
    String tenant = LocalProduct.json(product.get("/v1/me", key)).at("/tenant/id").asText();
    sender = LocalProduct.json(post("/v1/held-keys", "", 201)).get("address").asText();
    useCoins();
    useAshes();

    String asked = "{\"tenant\":\"" + tenant + "\"}";
    HttpResponse<String> told =
        product.call("POST", "/v1/reconciliations", product.operatorKey(), asked);
    assertEquals(200, told.statusCode(), told.body());
    assertTrue(LocalProduct.json(told).get("addsUp").asBoolean(), told.body());
  }

  /** The id of a new one. */
  private static String chain(String name, String fork, String alloc) {
    String evm = "{\"fork\":\"%s\",\"alloc\":{%s}}".formatted(fork, alloc);
    String body = "{\"name\":\"%s\",\"kind\":\"evm\",\"evm\":%s}".formatted(name, evm);
    return LocalProduct.json(post("/v1/ledgers", body, 201)).get("id").asText();
  }

  private static void useCoins() {
    coins =
        chain(
            "coins",
            "osaka",
            "\"%s\":{\"balance\":\"1000000\"},\"%s\":{\"code\":\"0x%s\",\"storage\":{\"0\":\"5\"}}"
                .formatted(sender, OLD_BOX, INIT_CODE.substring(2 * CODE_BEGINS)));
    for (int i = 0; i < TRANSFERS; i++) {
      mined(coins, 1, "\"to\":\"%s\",\"value\":\"0x7\"".formatted(RECEIVER));
    }
    JsonNode made = mined(coins, 1, "\"data\":\"0x%s\"".formatted(INIT_CODE));
    String box = made.get("contractAddress").asText();
    for (String filled : List.of(box, box, OLD_BOX)) {
      mined(coins, 1, to(filled, SET_NINE));
    }
    mined(coins, 0, to(box, NO_FUNCTION));
    assertTrue(called(coins, box, "6d4ce63c").endsWith("9"));
  }

  private static void useAshes() {
    ashes =
        chain("ashes", "shanghai", "\"%s\":{\"code\":\"0x%s\"}".formatted(FACTORY, FACTORY_CODE));
    String address = "0x" + called(ashes, FACTORY, PHOENIX).substring(26);
    for (int i = 0; i < LIVES; i++) {
      mined(ashes, 1, to(FACTORY, PHOENIX));
      mined(ashes, 1, to(address, ""));
    }
  }

  @Test
  void everyBlockIsChargedForWhatItsTransactionsUseAndCallsAreNot() throws IOException {
    int bytes = (INIT_CODE.length() + 3 * SET_NINE.length() + NO_FUNCTION.length()) / 2;
    assertEquals(
        Map.of(
            "gas",
            gasUsed.get(coins),
            "calldata-bytes",
            (long) bytes,
            "state-bytes",
            (long) CODE_BYTES + SLOT_BYTES),
        used(coins));
  }

  @Test
  void aSlotThatWentWithItsAccountIsNewAgain() throws IOException {
    long each = PHOENIX_CODE_BYTES + SLOT_BYTES;
    assertEquals(LIVES * each, used(ashes).get("state-bytes"));
  }

  @Test
  void anHonestMonthIsCountedAgainInTheBlocks() {
    Said said = moor("--url", "http://127.0.0.1:" + product.port());
    assertEquals(0, said.exitCode(), said.text());
    String blocks =
        (TRANSFERS + 5 + 2 * LIVES)
            + " blocks of 2 chains, each told once, with its gas, call data and";
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
    long used = gasUsed.get(coins);
    long all = used - TRANSFERS;
    Said said = verified(quantity("gas", TRANSFER_GAS, TRANSFER_GAS - 1), line("gas", all));
    assertOnlyTheBlocksDiffer(said, "tells %d gas of ".formatted(all), "make it " + used);
  }

  @Test
  void callDataThatNoTransactionHasIsFoundThoughEverySumAddsUp() throws IOException {
    // 36 bytes cost 3 units, and so do 37; three transactions have as many.
    long before = used(coins).get("calldata-bytes");
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

  /**
   * Another quantity in what the journal tells of the coins: in the first row that has this one.
   */
  private static UnaryOperator<String> quantity(String meter, long before, long after) {
    String row = "(\"meter\":\"" + meter + "\",[^}]*\"quantity\":\")" + before + "\"";
    return data -> data.contains(coins) ? data.replaceFirst(row, "$1" + after + "\"") : data;
  }

  /** Another quantity in the invoice's line of the coins and a meter. */
  private static UnaryOperator<String> line(String meter, long after) {
    String line =
        "(\"ledger\":\"%s\",[^}]*\"meter\":\"%s\",[^}]*\"quantity\":\")[0-9]+\""
            .formatted(coins, meter);
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

  /** What the statement says of a chain, by meter. */
  private static Map<String, Long> used(String ledger) throws IOException {
    String statement = product.get("/v1/statements/" + month(), key).body();
    Map<String, Long> used = new TreeMap<>();
    for (JsonNode line : new ObjectMapper().readTree(statement).get("usage")) {
      if (line.get("ledger").asText().equals(ledger)) {
        used.merge(line.get("meter").asText(), line.get("quantity").asLong(), Long::sum);
      }
    }
    return used;
  }

  private static String to(String contract, String data) {
    return "\"to\":\"%s\",\"gas\":\"0x30d40\",\"data\":\"0x%s\"".formatted(contract, data);
  }

  /** Sends by the held key, and gives the receipt, which has this status. */
  private static JsonNode mined(String chain, int status, String rest) {
    String from = "[{\"from\":\"%s\",%s}]".formatted(sender, rest);
    String sent = rpc(chain, "eth_sendTransaction", from).asText();
    JsonNode receipt = rpc(chain, "eth_getTransactionReceipt", "[\"" + sent + "\"]");
    assertEquals("0x" + status, receipt.path("status").asText(), receipt.toString());
    gasUsed.merge(chain, Long.decode(receipt.get("gasUsed").asText()), Long::sum);
    return receipt;
  }

  private static String called(String chain, String contract, String data) {
    String call = "[{\"from\":\"%s\",\"to\":\"%s\",\"data\":\"0x%s\"},\"latest\"]";
    return rpc(chain, "eth_call", call.formatted(sender, contract, data)).asText();
  }

  private static JsonNode rpc(String chain, String method, String parameters) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
            .formatted(method, parameters);
    HttpResponse<String> answer = post("/v1/ledgers/" + chain + "/rpc", body, 200);
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
