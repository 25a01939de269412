package io.mooring.evm.trie;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trie roots of ethereum/tests; trietestnextprev is about iterators, which we have none of. */
class TrieConformanceTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "trietest.json, false",
    "trieanyorder.json, false",
    "trietest_secureTrie.json, true",
    "trieanyorder_secureTrie.json, true",
    "hex_encoded_securetrie_test.json, true"
  })
  void hasTheRootsOfEthereumTests(String file, boolean secure) {
    JsonNode cases = Fixtures.json("trietests", file);
    cases
        .properties()
        .forEach(
            vector -> {
              InMemoryNodeStore store = new InMemoryNodeStore();
              MerkleTrie plain = MerkleTrie.empty(store);
              SecureTrie hashed = SecureTrie.empty(store);
              BiConsumer<byte[], byte[]> put = secure ? hashed::put : plain::put;
              write(vector.getValue().get("in"), put);
              assertEquals(
                  vector.getValue().get("root").asText(),
                  (secure ? hashed.root() : plain.root()).toString(),
                  vector.getKey());
            });
    System.out.println("tries, " + file + ": " + cases.size());
  }

  private static void write(JsonNode input, BiConsumer<byte[], byte[]> put) {
    if (input.isArray()) {
      input.forEach(pair -> put.accept(bytes(pair.get(0)), bytes(pair.get(1))));
    } else {
      input
          .properties()
          .forEach(
              pair ->
                  put.accept(
                      pair.getKey().startsWith("0x")
                          ? Fixtures.hex(pair.getKey())
                          : pair.getKey().getBytes(StandardCharsets.UTF_8),
                      bytes(pair.getValue())));
    }
  }

  private static byte[] bytes(JsonNode text) {
    if (text.isNull()) {
      return new byte[0];
    }
    return text.asText().startsWith("0x")
        ? Fixtures.hex(text.asText())
        : text.asText().getBytes(StandardCharsets.UTF_8);
  }
}
