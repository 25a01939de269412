package io.mooring.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.e2e.Contract.Operation;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every example in the contract, sent as it stands there. */
class ContractExamplesIT {
  @TempDir static Path folder;

  private static LocalProduct product;
  private static Contract contract;

  @BeforeAll
  static void start() {
    product = LocalProduct.started(folder);
    contract = Contract.of(product);
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @TestFactory
  Stream<DynamicTest> isAnsweredAsItPromises() {
    List<Operation> operations =
        contract.operations().stream()
            .filter(operation -> !operation.isPublic() && operation.example().isPresent())
            .toList();
    assertTrue(operations.size() > 1);
    return operations.stream().map(it -> DynamicTest.dynamicTest(it.toString(), () -> send(it)));
  }

  private static void send(Operation operation) {
    String tenant = product.newTenant("Example");
    Belongings belongings = new Belongings(product, contract, tenant);
    var ids = belongings.idsFor(operation);
    Belongings caller =
        operation.isTheOperators()
            ? new Belongings(product, contract, product.operatorKey())
            : belongings;

    HttpResponse<String> answer = caller.call(operation, ids);

    assertTrue(
        operation.statuses().contains(Integer.toString(answer.statusCode())),
        answer.statusCode() + " " + answer.body());
  }

  @Test
  void thePageAndBothFilesOfTheContractAreServedToAnybody() {
    for (String path :
        List.of(
            "/docs",
            "/docs/page.js",
            "/docs/page.css",
            "/docs/openapi.yaml",
            "/docs/openapi.json")) {
      HttpResponse<String> answer = product.get(path, "");
      assertEquals(200, answer.statusCode(), path);
      assertTrue(
          answer.headers().firstValue("Content-Security-Policy").orElse("").contains("'self'"));
    }
  }
}
