package io.mooring.billing.statements;

import io.mooring.platform.problem.ProblemsPage;
import org.junit.jupiter.api.Test;

class DocsTest {
  @Test
  void theProblemsPageListsTheRefusalsInTheOrderInWhichTheyAreChecked() {
    ProblemsPage.assertLists("Statements", StatementRefusal.values());
  }
}
