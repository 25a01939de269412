package io.mooring.bench.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.bench.evm.Engine;
import io.mooring.evm.Fork;
import io.mooring.evm.transaction.Transaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaseGeneratorTest {
  private static final int SEEDS = 300;

  @Test
  void givesTheSameCaseForTheSameSeed() throws IOException {
    CaseRunner runner = new CaseRunner(Engine.ours());
    for (long seed = 0; seed < 20; seed++) {
      assertArrayEquals(file(runner, seed), file(runner, seed));
    }
  }

  private static byte[] file(CaseRunner runner, long seed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (StateTestWriter writer = new StateTestWriter(out)) {
      FuzzCase fuzz = CaseGenerator.of(seed);
      writer.write(fuzz, runner.run(fuzz));
    }
    return out.toByteArray();
  }

  @Test
  void setsCodeInAPartOfTheCases() {
    CaseRunner runner = new CaseRunner(Engine.ours());
    int setCode = 0;
    int executed = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      FuzzCase fuzz = CaseGenerator.of(seed);
      if (fuzz.transaction() instanceof Transaction.SetCode) {
        setCode++;
        executed += runner.run(fuzz).refused() ? 0 : 1;
      }
    }
    assertTrue(setCode > SEEDS / 20, () -> "too few set code");
    assertTrue(executed > SEEDS / 25, () -> "too few of those that set code are run");
  }

  @Test
  void reachesEveryForkThatPeersRunAndIsSeldomRefused() {
    CaseRunner runner = new CaseRunner(Engine.ours());
    Set<Fork> forks = EnumSet.noneOf(Fork.class);
    int refused = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      FuzzCase fuzz = CaseGenerator.of(seed);
      forks.add(fuzz.fork());
      refused += runner.run(fuzz).refused() ? 1 : 0;
    }
    // revm has no Constantinople, which was never in force on the main chain.
    assertEquals(EnumSet.complementOf(EnumSet.of(Fork.CONSTANTINOPLE)), forks);
    assertTrue(refused < SEEDS / 10, () -> "too many are refused");
  }
}
