package io.mooring.contracts.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.contracts.state.PageFile.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageFileTest {
  private static final int BYTES_MAX = 100;

  @TempDir Path folder;

  @Test
  void theOldestGiveWay() {
    PageFile file = new PageFile(folder, BYTES_MAX);
    IntStream.range(0, 3).forEach(page -> put(file, page, 30));

    put(file, 3, 40);

    assertEquals("[2, 3]", held(file, 4), "the fourth stands where the first two stood");
  }

  @Test
  void aPageLargerThanTheFileIsNotHeld() {
    PageFile file = new PageFile(folder, BYTES_MAX);
    put(file, 0, BYTES_MAX);

    put(file, 1, BYTES_MAX + 1);

    assertEquals("[0]", held(file, 2));
  }

  @Test
  void noPageIsAnotherOwners() {
    PageFile file = new PageFile(folder, BYTES_MAX);
    put(file, 0, 30);

    assertEquals(Optional.empty(), file.get(new Place(2, 64, 0, 0)));
  }

  @Test
  void leavesNoNameOnTheDisk() throws IOException {
    put(new PageFile(folder, BYTES_MAX), 0, 30);

    try (var names = Files.list(folder)) {
      assertEquals(0, names.count());
    }
  }

  @Test
  void whereTheDiskFailsNothingIsHeld() {
    PageFile file = new PageFile(folder.resolve("gone"), BYTES_MAX);

    put(file, 0, 30);

    assertEquals("[]", held(file, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givesBackWhatWasPutAndHoldsTheLastOnes(long seed) {
    Random random = new Random(Long.getLong("seed", seed));
    PageFile file = new PageFile(folder, 1_000);
    for (int page = 0; page < 2_000; page++) {
      put(file, page, 1 + random.nextInt(200));
      int back = random.nextInt(Math.min(page + 1, 20));
      Optional<byte[]> held = file.get(place(page - back));
      int asked = page - back;
      held.ifPresent(bytes -> assertArrayEquals(content(asked, bytes.length), bytes));
      assertTrue(back > 3 || held.isPresent(), "four pages always have room");
    }
  }

  private static String held(PageFile file, int pages) {
    return Arrays.toString(
        IntStream.range(0, pages).filter(page -> file.get(place(page)).isPresent()).toArray());
  }

  private static void put(PageFile file, int page, int length) {
    byte[] part = new byte[length + 2];
    System.arraycopy(content(page, length), 0, part, 1, length);
    file.put(place(page), part, 1, length);
  }

  private static byte[] content(int page, int length) {
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) page);
    return content;
  }

  private static Place place(int page) {
    return new Place(1, 64, 0, page);
  }
}
