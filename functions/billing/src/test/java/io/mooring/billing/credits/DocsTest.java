package io.mooring.billing.credits;

import io.mooring.platform.limit.LimitsPage;
import io.mooring.platform.problem.ProblemsPage;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocsTest {
  @Test
  void theProblemsPageListsTheRefusalsInTheOrderInWhichTheyAreChecked() {
    ProblemsPage.assertLists("Credits", BillingRefusal.values());
  }

  @Test
  void theLimitsPageListsTheLimits() {
    LimitsPage.assertLists("Credits", List.of(BillingLimit.values()));
  }
}
