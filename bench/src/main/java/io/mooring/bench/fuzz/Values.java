package io.mooring.bench.fuzz;

import io.mooring.evm.U256;
import java.util.List;
import java.util.Random;

/** Random numbers that stand where mistakes are made: at the edges of limbs, words and memory. */
final class Values {
  private static final long[] LIMBS = {
    0, 0, 1, 2, -1, -2, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32
  };
  private static final int[] SMALL = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 63, 64, 65, 95, 96, 127
  };
  private static final int[] SHIFTS = {
    7, 8, 9, 63, 64, 65, 127, 128, 129, 191, 192, 193, 254, 255, 256
  };

  private final Random random;

  Values(Random random) {
    this.random = random;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T oneOf(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  @SafeVarargs
  final <T> T oneOf(T... items) {
    return items[random.nextInt(items.length)];
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  U256 word() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> U256.of(SMALL[random.nextInt(SMALL.length)]);
      case 2 -> U256.of(SHIFTS[random.nextInt(SHIFTS.length)]);
      case 3 -> nearPowerOfTwo();
      case 4 ->
          new U256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
      case 5 -> new U256(0, 0, 0, random.nextLong() >>> random.nextInt(64));
      default -> new U256(limb(), limb(), limb(), limb());
    };
  }

  private long limb() {
    return chance(20) ? random.nextLong() : LIMBS[random.nextInt(LIMBS.length)];
  }

  private U256 nearPowerOfTwo() {
    int bit = random.nextInt(256);
    U256 power = new U256(bitOf(bit, 192), bitOf(bit, 128), bitOf(bit, 64), bitOf(bit, 0));
    return switch (random.nextInt(4)) {
      case 0 -> power.plus(U256.ONE);
      case 1 -> power.minus(U256.ONE);
      case 2 -> U256.ZERO.minus(power);
      default -> power;
    };
  }

  private static long bitOf(int bit, int lowest) {
    return bit >= lowest && bit < lowest + 64 ? 1L << bit - lowest : 0;
  }

  /** Mostly small, now and then too far to pay for. */
  U256 memoryOffset() {
    int kind = random.nextInt(100);
    if (kind < 60) {
      return U256.of(SMALL[random.nextInt(SMALL.length)]);
    }
    if (kind < 90) {
      return U256.of(random.nextInt(1200));
    }
    if (kind < 97) {
      return U256.of(random.nextInt(40_000));
    }
    return oneOf(
        U256.of(1L << 32), U256.of(-1), U256.of(1L << 31), U256.of((1L << 32) - 33), word());
  }

  U256 memoryLength() {
    return chance(25) ? U256.ZERO : memoryOffset();
  }

  U256 slot() {
    return chance(85) ? U256.of(random.nextInt(5)) : word();
  }

  U256 slotValue() {
    return chance(60) ? U256.of(random.nextInt(3)) : word();
  }
}
