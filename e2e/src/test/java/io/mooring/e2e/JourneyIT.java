package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.Project;
import io.mooring.e2e.LocalProduct.Said;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code moor} against the product as {@code make up} starts it: the whole way of a proof. */
class JourneyIT {
  private static final int VALID = 0;
  private static final int INVALID = 1;
  private static final int CANNOT_TELL = 2;
  private static final String PAYLOAD = "{\"seal\": \"A7\"}";

  @TempDir static Path home;
  @TempDir Path folder;

  private static LocalProduct product;
  private static String key;
  private static String credential;
  private String ledger;

  @BeforeAll
  static void start() {
    product = LocalProduct.started(home);
    credential = product.apiKey();
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @BeforeEach
  void make() {
    HttpResponse<String> made =
        product.call(
            "POST",
            "/v1/ledgers",
            credential,
            "{\"name\":\"j" + UUID.randomUUID() + "\",\"readers\":\"public\"}");
    assertEquals(201, made.statusCode(), made.body());
    JsonNode json = LocalProduct.json(made);
    ledger = json.get("id").asText();
    key = json.get("verifierKey").asText();
  }

  @Test
  void whatIsAppendedIsProvenVerifiedAndMirroredOffline() throws IOException {
    Path proof = folder.resolve("e.tlog-proof");
    Said appended =
        moor(
            "append",
            ledger,
            "--type",
            "shipment.sealed",
            "--data",
            PAYLOAD,
            "--key",
            key,
            "--out",
            proof.toString());
    assertEquals(VALID, appended.exitCode(), appended.text());
    assertEquals(VALID, moor("prove", ledger, "1", "--key", key).exitCode());

    product.down();
    Said verified = moor("verify", proof.toString(), "--key", key);
    assertEquals(VALID, verified.exitCode(), verified.text());
    assertTrue(verified.text().contains("ok  inclusion"), verified.text());
    assertEquals(VALID, product.up().exitCode());

    Path copy = folder.resolve("copy");
    assertEquals(VALID, mirror(copy).exitCode());
    assertEquals(VALID, moor("verify", copy.toString(), "--key", key).exitCode());
    append(20);
    assertEquals(VALID, mirror(copy).exitCode(), "it follows the log");
  }

  @Test
  void theReceiptAloneVerifiesAgainstTheBytesThatWereSent() throws IOException {
    Path receipt = Files.writeString(folder.resolve("receipt.json"), append(1));
    Path payload = Files.writeString(folder.resolve("payload"), PAYLOAD);
    Path other = Files.writeString(folder.resolve("other"), PAYLOAD.replace('7', '8'));

    Said said = moor("verify", receipt.toString(), "--key", key, "--payload", payload.toString());

    assertEquals(VALID, said.exitCode(), said.text());
    assertTrue(said.text().contains("ok  payload"), said.text());
    assertEquals(
        INVALID,
        moor("verify", receipt.toString(), "--key", key, "--payload", other.toString()).exitCode());
  }

  @Test
  void aBentByteIsInvalidInAProofAndInACopy() throws IOException {
    append(3);
    Path proof = folder.resolve("e.tlog-proof");
    moor("prove", ledger, "2", "--key", key, "--out", proof.toString());
    String text = Files.readString(proof);
    int size = text.indexOf("\n4\n");
    assertTrue(size > 0, text);
    Files.writeString(proof, text.substring(0, size) + "\n5\n" + text.substring(size + 3));
    assertEquals(INVALID, moor("verify", proof.toString(), "--key", key).exitCode());

    Path copy = folder.resolve("copy");
    assertEquals(VALID, mirror(copy).exitCode());
    for (Path tile : tiles(copy)) {
      byte[] whole = Files.readAllBytes(tile);
      byte[] bent = whole.clone();
      bent[bent.length / 2] ^= 1;
      Files.write(tile, bent);
      Said said = moor("verify", copy.toString(), "--key", key);
      assertEquals(INVALID, said.exitCode(), tile + ": " + said.text());
      assertTrue(said.text().contains("NO  log"), said.text());
      Files.write(tile, whole);
    }
    assertEquals(VALID, moor("verify", copy.toString(), "--key", key).exitCode());
  }

  @Test
  void withoutAKeyOrAnAnswerItCannotTell() throws IOException {
    append(1);
    Path proof = folder.resolve("e.tlog-proof");
    assertEquals(
        VALID, moor("prove", ledger, "1", "--key", key, "--out", proof.toString()).exitCode());

    assertEquals(CANNOT_TELL, moor("verify", proof.toString()).exitCode());
    assertEquals(CANNOT_TELL, moor("verify", proof.toString(), "--key", "nonsense").exitCode());
    assertEquals(CANNOT_TELL, moor("verify", folder.resolve("nothing").toString()).exitCode());
    assertEquals(CANNOT_TELL, moor("prove", ledger, "7", "--key", key).exitCode());
    String nobody = "http://127.0.0.1:1";
    assertEquals(CANNOT_TELL, moor("prove", ledger, "1", "--key", key, "--url", nobody).exitCode());
    assertEquals(
        CANNOT_TELL,
        moor(
                "mirror",
                nobody + "/log",
                folder.resolve("none").toString(),
                "--key",
                key,
                "--retry-pause",
                "PT0.01S")
            .exitCode());
  }

  @Test
  void whatWasErasedStaysProvenAndMirrored() throws IOException {
    Path proof = folder.resolve("e.tlog-proof");
    Said appended =
        moor(
            "append",
            ledger,
            "--type",
            "person",
            "--data",
            PAYLOAD,
            "--erasable",
            "--key",
            key,
            "--out",
            proof.toString());
    assertEquals(VALID, appended.exitCode(), appended.text());
    String entry = "/v1/ledgers/" + ledger + "/entries/1";
    HttpResponse<String> erased = product.call("DELETE", entry + "/content", credential, "");
    assertEquals(200, erased.statusCode(), erased.body());

    assertEquals(410, product.get(entry + "/payload", credential).statusCode());
    assertEquals(VALID, moor("verify", proof.toString(), "--key", key).exitCode());
    assertEquals(VALID, moor("prove", ledger, "1", "--key", key).exitCode());
    assertEquals(VALID, mirror(folder.resolve("copy")).exitCode());
    assertEquals(VALID, moor("rebuild", ledger).exitCode());
    Said scrubbed = moor("scrub", ledger);
    assertEquals(VALID, scrubbed.exitCode(), scrubbed.text());
  }

  /** The last of so many receipts. */
  private String append(int count) {
    String last = "";
    for (int i = 0; i < count; i++) {
      HttpResponse<String> answer =
          product.call(
              "POST",
              "/v1/ledgers/" + ledger + "/entries",
              credential,
              "{\"type\":\"shipment.sealed\",\"data\":" + PAYLOAD + "}");
      assertEquals(201, answer.statusCode(), answer.body());
      last = answer.body();
    }
    return last;
  }

  private Said mirror(Path copy) {
    String log = "http://127.0.0.1:" + product.port() + "/v1/ledgers/" + ledger + "/log";
    return moor("mirror", log, copy.toString(), "--key", key);
  }

  private static List<Path> tiles(Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(copy.resolve("tile"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static Said moor(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Project.root().resolve("cli/moor").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder moor = new ProcessBuilder(command).redirectErrorStream(true);
    moor.environment().put("JAVA_HOME", System.getProperty("java.home"));
    moor.environment().put("MOORING_URL", "http://127.0.0.1:" + product.port());
    moor.environment().put("MOORING_API_KEY", credential);
    return LocalProduct.run(moor);
  }
}
