package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooring.Project;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant uses the product, gets its statement, and derives it again from its journal alone. */
class BillIT {
  private static final int APPENDS = 7;

  /** What plan developer has free each day. */
  private static final int FREE_PROOFS = 1_000;

  private static final int PROOFS = FREE_PROOFS + 3;

  @TempDir static Path folder;

  private static LocalProduct product;
  private static String key;
  private static String statement;

  @BeforeAll
  static void start() {
    product = LocalProduct.started(folder.resolve("home"));
    key = product.newTenant("Billed", "developer");
    String tenant = LocalProduct.json(product.get("/v1/me", key)).get("tenant").get("id").asText();
    created(product.call("POST", "/v1/ledgers", key, "{\"name\":\"shipments\"}"));
    for (int i = 0; i < APPENDS; i++) {
      String entry = "{\"type\":\"shipment.moved\",\"data\":{\"step\":" + i + "}}";
      created(product.call("POST", "/v1/ledgers/shipments/entries", key, entry));
    }
    for (int i = 0; i < PROOFS; i++) {
      HttpResponse<String> proof = product.get("/v1/ledgers/shipments/entries/0/proof", key);
      assertEquals(200, proof.statusCode(), proof.body());
    }
    HttpResponse<String> told =
        product.call(
            "POST",
            "/v1/reconciliations",
            product.operatorKey(),
            "{\"tenant\":\"" + tenant + "\"}");
    assertEquals(200, told.statusCode(), told.body());
    assertTrue(LocalProduct.json(told).get("addsUp").asBoolean(), told.body());
    statement = product.get("/v1/statements/" + month(), key).body();
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @Test
  void aStatementIsExactByTheJournalAlone() throws IOException {
    LocalProduct.Said said = verify(statement);
    assertEquals(0, said.exitCode(), said.text());
    assertTrue(said.text().contains("ok  leaves"), said.text());
    assertTrue(said.text().contains("each to the unit"), said.text());
  }

  @Test
  void everyAppendAndEachProofBeyondTheFreeOnesIsInTheStatement() throws IOException {
    assertEquals(APPENDS, used("entries"));
    assertEquals(PROOFS - FREE_PROOFS, used("proofs"));
  }

  private static long used(String meter) throws IOException {
    long quantity = 0;
    for (JsonNode line : new ObjectMapper().readTree(statement).get("usage")) {
      quantity += line.get("meter").asText().equals(meter) ? line.get("quantity").asLong() : 0;
    }
    return quantity;
  }

  @Test
  void aStatementWithAnotherQuantityIsFalse() throws IOException {
    String bent = statement.replace("\"quantity\":\"" + APPENDS + "\"", "\"quantity\":\"8\"");
    assertTrue(!bent.equals(statement), statement);
    LocalProduct.Said said = verify(bent);
    assertEquals(1, said.exitCode(), said.text());
    assertTrue(said.text().contains("NO  invoice"), said.text());
  }

  private static LocalProduct.Said verify(String invoice) throws IOException {
    Path file = Files.writeString(folder.resolve("invoice.json"), invoice);
    List<String> words = new ArrayList<>();
    words.add(Project.root().resolve("cli/moor").toString());
    words.addAll(List.of("bill", "verify", month(), "--invoice", file.toString()));
    ProcessBuilder command = new ProcessBuilder(words).redirectErrorStream(true);
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("MOORING_URL", "http://127.0.0.1:" + product.port());
    command.environment().put("MOORING_API_KEY", key);
    return LocalProduct.run(command);
  }

  private static void created(HttpResponse<String> answer) {
    assertEquals(201, answer.statusCode(), answer.body());
  }

  private static String month() {
    return YearMonth.now(ZoneOffset.UTC).toString();
  }
}
