package io.mooring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.cli.BlockUse.Written;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotsTest {
  private static final BigInteger HIGHEST = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

  private final Counted counted = new Counted();

  private static Written written(int account, boolean cleared, List<Integer> full, int... emptied) {
    byte[] address = new byte[BlockUse.ADDRESS_BYTES];
    address[0] = (byte) account;
    return new Written(
        address,
        cleared,
        full.stream().map(BigInteger::valueOf).toList(),
        Arrays.stream(emptied).mapToObj(BigInteger::valueOf).toList());
  }

  private void assertNew(Map<String, Integer> slots) {
    Map<List<String>, BigInteger> told = new TreeMap<>(Books::compare);
    slots.forEach(
        (key, number) -> told.put(List.of(key, "state-bytes"), BigInteger.valueOf(64L * number)));
    assertEquals(
        Optional.empty(), counted.differs(new Books.Tally(0, LocalDate.EPOCH, 0, 1, told)));
  }

  @Test
  void aSlotIsNewWhereItWasEmptyAndAgainAfterItWasEmptied() {
    try (Slots slots = new Slots()) {
      slots.add(List.of(written(1, false, List.of(7, 8))), counted, "x");
      slots.add(List.of(written(1, false, List.of(7))), counted, "y");
      slots.add(List.of(written(2, false, List.of(7), 9)), counted, "z");
      slots.add(List.of(written(1, false, List.of(), 8)), counted, "y");
      slots.add(List.of(written(1, false, List.of(7, 8))), counted, "v");
      slots.count();
    }
    assertNew(Map.of("x", 2, "y", 0, "z", 1, "v", 1));
  }

  @Test
  void whatWasClearedIsEmptyInTheNextBlockButForWhatTheBlockItselfWrote() {
    try (Slots slots = new Slots()) {
      slots.add(List.of(written(1, false, List.of(1, 2, 3))), counted, "x");
      slots.add(List.of(written(1, true, List.of(2, 4))), counted, "y");
      slots.add(List.of(written(1, false, List.of(1, 2, 4))), counted, "z");
      slots.count();
    }
    assertNew(Map.of("x", 3, "y", 1, "z", 1));
  }

  @Test
  void theHighestAndTheLowestSlotAreTwo() {
    byte[] address = new byte[BlockUse.ADDRESS_BYTES];
    List<BigInteger> both = List.of(BigInteger.ZERO, HIGHEST, HIGHEST.subtract(BigInteger.ONE));
    try (Slots slots = new Slots()) {
      slots.add(List.of(Written.of(address, both)), counted, "x");
      slots.add(List.of(Written.of(address, both)), counted, "x");
      slots.count();
    }
    assertNew(Map.of("x", 3));
  }

  @Test
  void nothingIsLeftOnTheDisk(@TempDir Path parent) throws IOException {
    try (Slots slots = new Slots(parent)) {
      slots.add(List.of(written(1, true, List.of(7, 8))), counted, "x");
      slots.count();
      assertEquals(1, inside(parent));
    }
    assertEquals(0, inside(parent));
  }

  private static long inside(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }

  @Test
  void countsAsAWholeStateInMemoryDoes_seed5() {
    Random random = new Random(Long.getLong("seed", 5));
    Map<Integer, Set<Integer>> state = new TreeMap<>();
    Map<String, Integer> filled = new TreeMap<>();
    try (Slots slots = new Slots()) {
      for (int block = 0; block < 5_000; block++) {
        String key = "key" + random.nextInt(3);
        List<Written> writes = new ArrayList<>();
        for (int account = 0; account < 4; account++) {
          if (random.nextInt(3) == 0) {
            int emptied = random.nextInt(130);
            List<Integer> full = some(random, emptied);
            boolean cleared = random.nextInt(20) == 0;
            writes.add(written(account, cleared, full, emptied));

            Set<Integer> held = state.computeIfAbsent(account, any -> new HashSet<>());
            int fresh = (int) full.stream().filter(slot -> !held.contains(slot)).count();
            filled.merge(key, fresh, Integer::sum);
            if (cleared) {
              held.clear();
            }
            held.remove(emptied);
            held.addAll(full);
          }
        }
        slots.add(writes, counted, key);
      }
      slots.count();
    }
    assertNew(filled);
  }

  /** Some slots, but for one. */
  private static List<Integer> some(Random random, int without) {
    Set<Integer> some = new HashSet<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      some.add(random.nextInt(130));
    }
    some.remove(without);
    return List.copyOf(some);
  }
}
