package io.mooring.evm.besu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mooring.evm.conformance.CaseResult;
import io.mooring.evm.conformance.CaseResult.Verdict;
import io.mooring.evm.conformance.StateTestRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official state tests, through Besu's engine; `statetest --engine besu` runs all of them. */
class BesuEvmConformanceTest {
  private static final Path SUITE = Path.of("../../shared/fixtures/state-eest-v5.4.0.zip");

  @ParameterizedTest
  @ValueSource(strings = {"frontier/", "berlin/", "cancun/eip1153", "prague/eip7702", "osaka/"})
  void givesTheOfficialStateRootsAndLogs(String folder) throws IOException {
    Assumptions.assumeTrue(Files.exists(SUITE), () -> "skipped: the fixtures are not at " + SUITE);
    StateTestRunner runner = new StateTestRunner(new BesuEvm());
    JsonMapper json = new JsonMapper();
    int passed = 0;
    List<CaseResult> failed = new ArrayList<>();
    try (ZipFile suite = new ZipFile(SUITE.toFile())) {
      for (ZipEntry entry : suite.stream().filter(e -> isTest(e, folder)).toList()) {
        var tests = json.readTree(suite.getInputStream(entry));
        for (CaseResult result : runner.run(entry.getName(), tests, fork -> true)) {
          passed += result.verdict() == Verdict.PASSED ? 1 : 0;
          if (result.verdict() == Verdict.FAILED) {
            failed.add(result);
          }
        }
      }
    }
    assertEquals(List.of(), failed);
    assertTrue(passed > 0, "no case was run in " + folder);
  }

  private static boolean isTest(ZipEntry entry, String folder) {
    return entry.getName().startsWith(folder) && entry.getName().endsWith(".json");
  }
}
