package io.mooring.evm.block;

import io.mooring.evm.Fork;
import io.mooring.evm.U256;
import java.math.BigInteger;

/** How hard a block had to be to mine, from the one before it, until Paris. */
public final class Difficulty {
  private static final BigInteger MIN = BigInteger.valueOf(131_072);
  private static final BigInteger BOUND_DIVISOR = BigInteger.valueOf(2_048);
  private static final long BOMB_PERIOD = 100_000;
  private static final long FRONTIER_SECONDS = 13;
  private static final long HOMESTEAD_SECONDS = 10;
  private static final long BYZANTIUM_SECONDS = 9;
  private static final long STEPS_DOWN_MAX = -99;

  private Difficulty() {}

  public static U256 next(
      Fork fork,
      long number,
      long timestamp,
      U256 parentDifficulty,
      long parentTimestamp,
      boolean parentHasOmmers) {
    BigInteger parent = parentDifficulty.toBigInteger();
    BigInteger step = parent.divide(BOUND_DIVISOR);
    long elapsed = timestamp - parentTimestamp;
    long steps;
    if (fork.includes(Fork.BYZANTIUM)) {
      steps = Math.max((parentHasOmmers ? 2 : 1) - elapsed / BYZANTIUM_SECONDS, STEPS_DOWN_MAX);
    } else if (fork.includes(Fork.HOMESTEAD)) {
      steps = Math.max(1 - elapsed / HOMESTEAD_SECONDS, STEPS_DOWN_MAX);
    } else {
      steps = elapsed < FRONTIER_SECONDS ? 1 : -1;
    }
    BigInteger difficulty = parent.add(step.multiply(BigInteger.valueOf(steps))).max(MIN);

    long period = Math.max(number - bombDelay(fork), 0) / BOMB_PERIOD;
    BigInteger bomb =
        period > 1 ? BigInteger.TWO.pow(Math.toIntExact(period - 2)) : BigInteger.ZERO;
    return U256.of(difficulty.add(bomb).max(MIN));
  }

  /** By how many blocks the forks have put the bomb off; London's own was raised by two more. */
  private static long bombDelay(Fork fork) {
    if (fork.includes(Fork.LONDON)) {
      return 9_700_000;
    }
    if (fork.includes(Fork.BERLIN)) {
      return 9_000_000;
    }
    if (fork.includes(Fork.CONSTANTINOPLE)) {
      return 5_000_000;
    }
    return fork.includes(Fork.BYZANTIUM) ? 3_000_000 : 0;
  }
}
