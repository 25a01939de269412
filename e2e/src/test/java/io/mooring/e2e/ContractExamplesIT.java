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

  @Test
  void theTypeOfAProblemOpensAtItsCode() {
    HttpResponse<String> refused = product.get("/v1/me", "");
    String type = LocalProduct.json(refused).get("type").asText();
    String[] pageAndCode = type.split("#", 2);

    HttpResponse<String> page = product.get(pageAndCode[0], "");

    assertEquals(200, page.statusCode(), type);
    assertTrue(page.body().contains("id=\"" + pageAndCode[1] + "\""), type);
    assertEquals(404, product.get("/docs/reference/nothing", "").statusCode());
  }

  @Test
  void aMethodThatIsNotAllowedIsToldWhichAre() {
    HttpResponse<String> refused = product.call("DELETE", "/v1/me", product.apiKey(), "");

    assertEquals(405, refused.statusCode(), refused.body());
    assertEquals("GET, HEAD", refused.headers().firstValue("Allow").orElse(""));
  }
}
