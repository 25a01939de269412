package io.mooring.evm.rlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.evm.Fixtures;
import io.mooring.evm.U256;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RlpInputTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nothing at all, ''",
    "a length beyond the input, 83aabb",
    "a list length beyond the input, c3aabb",
    "a length cut off, b8",
    "a length of 2^63, bf8000000000000000",
    "a length of 2^64 - 1, bfffffffffffffffff",
    "a length with leading zeros, b90038" + "00",
    "a long form of a short length, b80100",
    "a long form of a short list, f80100",
    "a small byte with a header, 8100",
    "trailing bytes, 8080",
    "a list whose last item runs out of it, c281ffff"
  })
  void refuses(String name, String encoded) {
    assertThrows(MalformedRlp.class, () -> RlpItem.decode(Fixtures.hex(encoded)), name);
  }

  @Test
  void refusesNumbersWithLeadingZeros() {
    assertThrows(MalformedRlp.class, () -> RlpInput.of(Fixtures.hex("00")).number());
    assertThrows(MalformedRlp.class, () -> RlpInput.of(Fixtures.hex("820001")).number());
    assertThrows(MalformedRlp.class, () -> RlpInput.of(Fixtures.hex("820001")).u256());
  }

  @Test
  void refusesNumbersThatDoNotFit() {
    byte[] nineBytes = Fixtures.hex("89010000000000000000");
    assertThrows(MalformedRlp.class, () -> RlpInput.of(nineBytes).number());
    assertEquals(new U256(0, 0, 1, 0), RlpInput.of(nineBytes).u256());
  }

  @Test
  void readsNumbersAsUnsigned() {
    assertEquals(-1L, RlpInput.of(new RlpOutput().number(-1L).toBytes()).number());
    assertEquals(0L, RlpInput.of(Fixtures.hex("80")).number());
  }

  @Test
  void refusesAListForAStringAndAStringForAList() {
    assertThrows(MalformedRlp.class, () -> RlpInput.of(Fixtures.hex("c0")).bytes());
    assertThrows(MalformedRlp.class, () -> RlpInput.of(Fixtures.hex("80")).list());
  }

  @Test
  void refusesAHundredThousandNestedListsWithoutRecursion() {
    byte[] opened = new byte[100_000];
    Arrays.fill(opened, (byte) 0xc1);
    opened[opened.length - 1] = (byte) 0xc0;
    assertThrows(MalformedRlp.class, () -> RlpItem.decode(opened));
    RlpOutput nested = new RlpOutput();
    for (int i = 0; i < 100_000; i++) {
      nested.startList();
    }
    for (int i = 0; i < 100_000; i++) {
      nested.endList();
    }
    assertThrows(MalformedRlp.class, () -> RlpItem.decode(nested.toBytes()));
  }

  @Test
  void readsListsNestedAsDeepAsTheBound() {
    assertArrayEquals(nested(RlpItem.NESTING_MAX), RlpItem.decode(nested(1_024)).encode());
    assertThrows(MalformedRlp.class, () -> RlpItem.decode(nested(RlpItem.NESTING_MAX + 1)));
  }

  private static byte[] nested(int depth) {
    RlpOutput output = new RlpOutput();
    for (int i = 0; i < depth; i++) {
      output.startList();
    }
    for (int i = 0; i < depth; i++) {
      output.endList();
    }
    return output.toBytes();
  }

  @Test
  void whateverItAcceptsIsTheOneEncoding() {
    long seed = Long.getLong("seed", 50L);
    Random random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] input = new byte[random.nextInt(12)];
      for (int at = 0; at < input.length; at++) {
        input[at] =
            (byte) (random.nextBoolean() ? random.nextInt(256) : 0xc0 + random.nextInt(10) - 5);
      }
      RlpItem item;
      try {
        item = RlpItem.decode(input);
      } catch (MalformedRlp refused) {
        continue;
      }
      accepted++;
      assertArrayEquals(input, item.encode(), "seed " + seed);
    }
    assertFalse(accepted < 1_000, "too few were well formed: " + accepted);
  }
}
