package io.mooring.ledgers;

import io.mooring.platform.limit.LimitsPage;
import io.mooring.platform.problem.ProblemsPage;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocsTest {
  @Test
  void theProblemsPageListsTheRefusalsInTheOrderInWhichTheyAreChecked() {
    ProblemsPage.assertLists("Ledgers", LedgerRefusal.values());
  }

  @Test
  void theLimitsPageHasTheVeryNumbersThatAreEnforced() {
    LimitsPage.assertLists("Ledgers", List.of(LedgerLimit.values()));
  }
}
