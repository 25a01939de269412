package io.mooring.platform.problem;

import org.junit.jupiter.api.Test;

class ProblemsPageTest {
  @Test
  void thePageListsThePlatformsRefusalsInTheOrderInWhichTheyAreChecked() {
    ProblemsPage.assertLists("Every route", PlatformRefusal.values());
  }
}
