package io.mooring.tenants;

import io.mooring.platform.limit.LimitsPage;
import io.mooring.platform.problem.ProblemsPage;
import org.junit.jupiter.api.Test;

class DocsTest {
  @Test
  void thePageListsTheRefusalsInTheOrderInWhichTheyAreChecked() {
    ProblemsPage.assertLists("Tenants and identity", TenantsRefusal.values());
  }

  @Test
  void thePageHasTheVeryNumbersThatAreEnforced() {
    LimitsPage.assertLists("Tenants and identity", TenantsLimits.of().limits());
  }
}
