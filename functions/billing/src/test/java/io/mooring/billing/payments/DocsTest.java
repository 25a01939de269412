package io.mooring.billing.payments;

import io.mooring.platform.problem.ProblemsPage;
import org.junit.jupiter.api.Test;

class DocsTest {
  @Test
  void theProblemsPageListsTheRefusalsInTheOrderInWhichTheyAreChecked() {
    ProblemsPage.assertLists("Payments", PaymentRefusal.values());
  }
}
