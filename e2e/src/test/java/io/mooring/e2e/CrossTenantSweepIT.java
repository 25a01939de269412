package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.e2e.Contract.Operation;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every operation of the contract on one tenant's things, asked for by another tenant. */
class CrossTenantSweepIT {
  private static final int NOT_FOUND = 404;

  /** How often either path is timed; the medians are compared. */
  private static final int TIMES = 41;

  private static final long NANOS_OF_NOISE = 2_000_000;

  @TempDir static Path folder;

  private static LocalProduct product;
  private static Contract contract;
  private static Belongings mine;

  @BeforeAll
  static void start() {
    product = LocalProduct.started(folder);
    contract = Contract.of(product);
    mine = new Belongings(product, contract, product.newTenant("Mine"));
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @TestFactory
  Stream<DynamicTest> whatIsAnothersAnswersAsWhatIsNotThere() {
    List<Operation> operations =
        contract.operations().stream()
            .filter(operation -> !operation.pathParameters().isEmpty())
            .toList();
    assertFalse(operations.isEmpty());
    return operations.stream().map(it -> DynamicTest.dynamicTest(it.toString(), () -> sweep(it)));
  }

  private static void sweep(Operation operation) {
    Belongings theirs = new Belongings(product, contract, product.newTenant("Theirs"));
    Map<String, String> ids = theirs.idsFor(operation);
    Map<String, String> nobodys = nobodys(ids);

    HttpResponse<String> others = mine.call(operation, ids);
    HttpResponse<String> none = mine.call(operation, nobodys);

    assertEquals(NOT_FOUND, others.statusCode(), others.body());
    assertEquals(without(nobodys, none.body()), without(ids, others.body()));
    assertEquals(headers(none, nobodys), headers(others, ids));
    if (operation.method().equals("GET")) {
      assertSameTime(operation, ids, nobodys);
    }
  }

  /** The same shapes, but of nothing that exists. */
  private static Map<String, String> nobodys(Map<String, String> ids) {
    Map<String, String> changed = new LinkedHashMap<>();
    ids.forEach((name, id) -> changed.put(name, id.contains("_") ? otherEnd(id) : id));
    return changed;
  }

  private static String otherEnd(String id) {
    String end = id.substring(id.length() - 4);
    return id.substring(0, id.length() - 4) + (end.equals("2222") ? "3333" : "2222");
  }

  /** A text without what must differ: the ids that were asked for, and the request's own. */
  private static String without(Map<String, String> ids, String text) {
    String left = text.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "REQUEST");
    for (String id : ids.values()) {
      left = id.contains("_") ? left.replace(id, "ID") : left;
    }
    return left;
  }

  private static Map<String, String> headers(HttpResponse<String> answer, Map<String, String> ids) {
    Map<String, String> headers = new TreeMap<>();
    answer.headers().map().forEach((name, values) -> headers.put(name, without(ids, values + "")));
    headers.keySet().removeIf(name -> name.equals("date") || name.startsWith("ratelimit"));
    return headers;
  }

  /** Both are asked in turns, so that whatever else the machine does slows both. */
  private static void assertSameTime(
      Operation operation, Map<String, String> ids, Map<String, String> nobodys) {
    long[] others = new long[TIMES];
    long[] none = new long[TIMES];
    for (int i = 0; i < TIMES; i++) {
      others[i] = nanos(operation, ids);
      none[i] = nanos(operation, nobodys);
    }
    Arrays.sort(others);
    Arrays.sort(none);
    long apart = Math.abs(others[TIMES / 2] - none[TIMES / 2]);
    long spread = none[3 * TIMES / 4] - none[TIMES / 4];
    assertTrue(
        apart <= spread + NANOS_OF_NOISE,
        "medians " + others[TIMES / 2] + " and " + none[TIMES / 2] + " ns, spread " + spread);
  }

  private static long nanos(Operation operation, Map<String, String> ids) {
    long start = System.nanoTime();
    mine.call(operation, ids);
    return System.nanoTime() - start;
  }
}
