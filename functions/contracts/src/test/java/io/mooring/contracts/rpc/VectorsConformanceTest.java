package io.mooring.contracts.rpc;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The vectors of ethereum/execution-apis against their own chain, and the product's dispatcher. */
class VectorsConformanceTest {
  private static final String BY_COMMIT = "a block here is a commit: nobody dictates one";

  /** What cannot hold here, with the reason. */
  private static final Map<String, String> NOT_HERE =
      Map.of(
          "eth_config/get-config.io",
              "a chain here has no schedule of blobs, and no peers to agree with",
          "eth_sendRawTransaction/send-blob-tx.io", "a chain here takes no blobs",
          "testing_buildBlockV1/build-block-empty-transactions.io", BY_COMMIT,
          "testing_buildBlockV1/build-block-invalid-transaction.io", BY_COMMIT,
          "testing_buildBlockV1/build-block-with-transactions.io", BY_COMMIT);

  @Test
  void leavesOutNothingThatIsNotThere() {
    Set<String> names = Vectors.all().stream().map(Vectors.Vector::name).collect(toSet());

    assertEquals(Set.of(), difference(NOT_HERE.keySet(), names));
    System.out.println(
        "execution-apis: " + (names.size() - NOT_HERE.size()) + " files replayed, " + NOT_HERE);
  }

  private static Set<String> difference(Set<String> all, Set<String> known) {
    Set<String> left = new TreeSet<>(all);
    left.removeAll(known);
    return left;
  }

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @TestFactory
  Stream<DynamicTest> areAnsweredAsTheySay() {
    return Vectors.all().stream()
        .filter(vector -> !NOT_HERE.containsKey(vector.name()))
        .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> check(vector)));
  }

  private void check(Vectors.Vector vector) {
    JsonNode answer = Vectors.read(bench.dispatcher.answer(vector.request(), bench.session).join());
    if (vector.shapeOnly()) {
      assertSameShape(vector.name(), vector.answer(), answer);
    } else {
      assertEquals(vector.answer(), answer);
    }
  }

  private static void assertSameShape(String path, JsonNode expected, JsonNode actual) {
    assertEquals(expected.getNodeType(), actual.getNodeType(), path);
    if (path.startsWith("txpool_content")) {
      return; // its members are senders and nonces of a pool that holds other transactions
    }
    if (expected.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      actual.fieldNames().forEachRemaining(names::add);
      for (Map.Entry<String, JsonNode> member : expected.properties()) {
        assertTrue(names.contains(member.getKey()), path + " lacks " + member.getKey());
        assertSameShape(
            path + "." + member.getKey(), member.getValue(), actual.get(member.getKey()));
      }
    }
    if (expected.isArray()) {
      assertEquals(expected.size(), actual.size(), path + " has another length");
      for (int i = 0; i < expected.size(); i++) {
        assertSameShape(path + "[" + i + "]", expected.get(i), actual.get(i));
      }
    }
  }
}
