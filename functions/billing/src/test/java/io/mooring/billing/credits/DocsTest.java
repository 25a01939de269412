package io.mooring.billing.credits;

import io.mooring.platform.problem.ProblemsPage;
import org.junit.jupiter.api.Test;

class DocsTest {
  @Test
  void theProblemsPageListsTheRefusalsInTheOrderInWhichTheyAreChecked() {
    ProblemsPage.assertLists("Credits", BillingRefusal.values());
  }
}
