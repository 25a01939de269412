package io.mooring.e2e;

import io.mooring.Project;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/start.md, typed into a shell, give what the page says. */
class StartPageIT {
  /** What make would build is built, and it is not built again while it is tested. */
  private static final String MAKE = "make() { localstack/mooring \"$1\"; }\n";

  @TempDir Path folder;

  @Test
  void everyCommandAnswersAsThePageSays() {
    try (LocalProduct product = LocalProduct.started(folder)) {
      Map<String, String> environment =
          Map.of(
              "MOORING_HOME", product.home().toString(),
              "MOORING_HTTP_PORT", Integer.toString(product.port()),
              "JAVA_HOME", System.getProperty("java.home"));
      ConsolePage.of("docs/start.md").holds(Project.root(), environment, MAKE);
    }
  }
}
