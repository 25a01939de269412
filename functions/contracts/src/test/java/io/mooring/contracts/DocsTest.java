package io.mooring.contracts;

import io.mooring.contracts.rest.RestLimit;
import io.mooring.platform.limit.LimitsPage;
import io.mooring.platform.problem.ProblemsPage;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocsTest {
  @Test
  void theProblemsPageListsTheRefusalsInTheOrderInWhichTheyAreChecked() {
    ProblemsPage.assertLists("Contracts", ContractRefusal.values());
  }

  @Test
  void theLimitsPageHasThoseOfTheRestFaceToo() {
    LimitsPage.assertLists("Contracts by REST", List.of(RestLimit.values()));
  }

  @Test
  void theLimitsPageHasTheVeryNumbersThatAreEnforced() {
    LimitsPage.assertLists("Contracts", List.of(ContractLimit.values()));
  }
}
