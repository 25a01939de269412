package io.mooring.contracts.rpc;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.interpreter.Interpreter;
import io.mooring.platform.TenantId;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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

  private final ImportedChain chain = new ImportedChain();
  private final Dispatcher dispatcher =
      new Dispatcher(
          RpcMethods.of(
              "Mooring/test",
              new NoKeys(),
              new Interpreter(),
              System::nanoTime,
              new AtomicLong()::incrementAndGet),
          new Turns(2, 2, 64),
          (method, outcome, nanos) -> {});

  @TestFactory
  Stream<DynamicTest> areAnsweredAsTheySay() {
    return Vectors.all().stream()
        .filter(vector -> !NOT_HERE.containsKey(vector.name()))
        .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> check(vector)));
  }

  private void check(Vectors.Vector vector) {
    RpcSession session = new RpcSession(chain, new TenantId("ten_vectors"), "test", true);
    JsonNode answer = Vectors.read(dispatcher.answer(vector.request(), session).join());
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
