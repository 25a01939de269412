package io.mooring.ledger.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.mooring.ledger.Utf8;
import io.mooring.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every parser under random changes of an honest example, in every run. */
class ParserMutationPropertyTest {
  private static final int MUTANTS = 200;
  private static final int CHANGES_MAX = 4;

  @ParameterizedTest
  @EnumSource
  void readsItsExample(Format format) {
    assertArrayEquals(format.example(), format.readAndWrite(format.example()));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource
  void refusesOrKeepsWhateverItIsGiven(Format format, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] bytes = format.example();
      for (int change = 0; change <= random.nextInt(CHANGES_MAX); change++) {
        bytes = mutate(bytes, random);
      }
      format.mustRefuseOrKeep(bytes);
    }
  }

  static Stream<Arguments> refusesOrKeepsWhateverItIsGiven() {
    return Arrays.stream(Format.values())
        .flatMap(format -> Seeds.fresh().limit(5).mapToObj(seed -> Arguments.of(format, seed)));
  }

  private static byte[] mutate(byte[] bytes, Random random) {
    int from = random.nextInt(bytes.length + 1);
    int to = from + random.nextInt(Math.min(8, bytes.length - from) + 1);
    byte[] changed =
        switch (random.nextInt(4)) {
          case 0 -> new byte[0]; // cut out
          case 1 -> new byte[] {(byte) random.nextInt(256)};
          case 2 -> Utf8.encode("\n+/=0x\u2014 ");
          default -> Arrays.copyOfRange(bytes, random.nextInt(from + 1), to); // repeated
        };
    ByteArrayOutputStream mutant = new ByteArrayOutputStream();
    mutant.write(bytes, 0, from);
    mutant.writeBytes(changed);
    mutant.write(bytes, to, bytes.length - to);
    return mutant.toByteArray();
  }
}
