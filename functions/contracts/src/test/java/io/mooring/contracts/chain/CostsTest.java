package io.mooring.contracts.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostsTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void thePartsOfABlockAddUpToWhatItCost(long seed) {
    Random random = new Random(seed);
    long[] gas = random.longs(200, 21_000, 16_777_216).toArray();
    long used = Arrays.stream(gas).sum();
    long whole = random.nextLong(1L << 60);
    long sum = 0;
    long before = 0;
    for (long one : gas) {
      long part = Costs.part(whole, before, before + one, used);
      assertTrue(Math.abs(part - (double) whole * one / used) <= 1 + (double) whole / (1L << 50));
      sum += part;
      before += one;
    }
    assertEquals(whole, sum);
    assertEquals(whole, Costs.part(whole, 0, used, used));
  }
}
