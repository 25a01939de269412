package io.mooring.evm.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.evm.Fixtures;
import io.mooring.evm.Fork;
import io.mooring.evm.cli.Engines;
import io.mooring.evm.conformance.CaseResult.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official state tests, straight from the fixtures: every case with {@code -Dconformance=all},
 * else all from Shanghai on and of the earlier forks a fixed sample of the files, without the few
 * that burn billions of gas or four billion rounds of Blake2 on purpose and take minutes each.
 */
class StateConformanceTest {
  private static final boolean ALL = "all".equals(System.getProperty("conformance"));
  private static final String ENGINE = System.getProperty("engine", Engines.DEFAULT);
  private static final int THREADS = 2;
  private static final int SAMPLE_ONE_IN = 8;
  private static final int FAILURES_SHOWN = 20;
  private static final List<String> MINUTES_LONG = List.of("vmPerformance/", "Blake2f_MaxRounds");

  private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
  private final List<CaseResult> wrong = new ArrayList<>();

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "state-eest-v5.4.0, 23361",
    "state-legacy-cancun, 73983",
    "state-legacy-constantinople, 20430"
  })
  void agreesWithEveryCase(String suite, int size) throws IOException {
    StateTestRunner runner = new StateTestRunner(Engines.named(ENGINE));
    try (TestFiles files =
        new TestFiles(
            THREADS,
            (file, tests) -> runner.run(file, tests, fork -> isWanted(file, fork)),
            this::count)) {
      files.run(Fixtures.zip(suite));
    }
    System.out.printf(
        "%s on %s%s: %s%n", suite, ENGINE, ALL ? "" : " (a sample before Shanghai)", counts);
    wrong.stream().limit(FAILURES_SHOWN).forEach(System.out::println);
    assertEquals(List.of(), wrong.stream().limit(1).toList());
    int passed = counts.getOrDefault(Verdict.PASSED, 0);
    assertTrue(ALL ? passed == size : passed > 0, counts.toString());
  }

  private static boolean isWanted(String file, String fork) {
    if (ALL) {
      return true;
    }
    return MINUTES_LONG.stream().noneMatch(file::contains) && isSampled(file, fork);
  }

  private static boolean isSampled(String file, String fork) {
    return ForkNames.find(fork).filter(known -> known.includes(Fork.SHANGHAI)).isPresent()
        || Math.floorMod(file.hashCode(), SAMPLE_ONE_IN) == 0;
  }

  private void count(CaseResult result) {
    counts.merge(result.verdict(), 1, Integer::sum);
    if (result.verdict() != Verdict.PASSED) {
      wrong.add(result);
    }
  }
}
