package io.mooring.contracts.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.platform.limit.LimitsPage;
import io.mooring.platform.problem.Docs;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RpcDocsTest {
  private static final Pattern METHOD = Pattern.compile("`((?:\\w+)_\\w+)`");

  @Test
  void theLimitsPageHasTheVeryNumbersThatAreEnforced() {
    LimitsPage.assertLists("JSON-RPC", List.of(RpcLimit.values()));
  }

  @Test
  void thePageNamesEachMethodAndNoOther() {
    try (Bench bench = new Bench()) {
      TreeSet<String> there =
          bench.dispatcher.methods().stream()
              .map(RpcMethod::name)
              .collect(Collectors.toCollection(TreeSet::new));
      TreeSet<String> named =
          METHOD
              .matcher(Docs.section("docs/reference/json-rpc.md", "Methods"))
              .results()
              .map(found -> found.group(1))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(there, named);
    }
  }
}
