package io.mooring.platform.limit;

import org.junit.jupiter.api.Test;

class LimitsPageTest {
  @Test
  void thePageHasTheVeryNumbersThatAreEnforced() {
    LimitsPage.assertLists("Every request", PlatformLimits.of().limits());
  }
}
