package io.mooring.contracts.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mooring.contracts.abi.AbiType.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * The vectors of ethers-io/ethers.js (98c49d09: what solc makes of random values) and
 * ethereum/tests (4c87ebbf), at {@code ../shared/fixtures} from the project's root.
 */
class AbiConformanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FIXTURES =
      Path.of("").toAbsolutePath().resolve("../../../shared/fixtures").normalize();

  @Test
  void whatSolidityEncodesIsEncodedAndDecoded() throws IOException {
    JsonNode vectors = read("ethers-v6.zip", "abi.json");
    assertTrue(vectors.size() > 700, vectors.size() + " vectors");
    for (JsonNode vector : vectors) {
      String name = vector.get("name").asText();
      // Each is the one value that a function gives.
      Tuple type = TypeText.parameters("(" + vector.get("type").asText() + ")");
      JsonNode values = JsonNodeFactory.instance.arrayNode().add(plain(vector.get("verbose")));
      String encoded = vector.get("encoded").asText().substring(2);

      assertEquals(encoded, hex(AbiEncoder.encode(type, values)), name);

      JsonNode decoded = AbiDecoder.decode(type, HexFormat.of().parseHex(encoded));
      assertEquals(texts(values), texts(decoded), name);
    }
  }

  @Test
  void theOfficialVectorsHold() throws IOException {
    JsonNode vectors = read("abitests.zip", "basic_abi_tests.json");
    assertEquals(2, vectors.size());
    for (JsonNode vector : vectors) {
      StringBuilder types = new StringBuilder();
      vector.get("types").forEach(type -> types.append(',').append(type.asText()));
      Tuple tuple = TypeText.parameters("(" + types.substring(1) + ")");
      ArrayNode arguments = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < vector.get("args").size(); i++) {
        JsonNode argument = vector.get("args").get(i);
        boolean bytes = tuple.members().get(i).type().canonical().startsWith("bytes");
        arguments.add(bytes ? new TextNode("0x" + hex(argument.asText().getBytes())) : argument);
      }
      assertEquals(vector.get("result").asText(), hex(AbiEncoder.encode(tuple, arguments)));
    }
  }

  /** The values without their types. */
  private static JsonNode plain(JsonNode verbose) {
    JsonNode value = verbose.get("value");
    if (!value.isArray()) {
      return value;
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    value.forEach(one -> list.add(plain(one)));
    return list;
  }

  /** The same with every number and address in one form. */
  private static String texts(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    StringBuilder texts = new StringBuilder("[");
    value.forEach(one -> texts.append(texts(one)).append('\n'));
    return texts.append(']').toString();
  }

  private static JsonNode read(String archive, String file) throws IOException {
    Path zip = FIXTURES.resolve(archive);
    assumeTrue(Files.exists(zip), "skipped: no vectors at " + zip);
    try (ZipFile open = new ZipFile(zip.toFile())) {
      return JSON.readTree(open.getInputStream(open.getEntry(file)));
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
