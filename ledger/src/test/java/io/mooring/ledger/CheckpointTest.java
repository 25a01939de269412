package io.mooring.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointTest {
  /** The example of c2sp.org/tlog-checkpoint. */
  private static final String EXAMPLE =
      """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
      """;

  @Test
  void readsTheExampleOfTheSpecification() {
    Checkpoint checkpoint = Checkpoint.parse(EXAMPLE);
    assertEquals("example.com/behind-the-sofa", checkpoint.origin());
    assertEquals(20_852_163, checkpoint.size());
    assertEquals(EXAMPLE, checkpoint.text());
  }

  @Test
  void keepsExtensionLinesAsTheyAre() {
    Checkpoint checkpoint = Checkpoint.parse(EXAMPLE + "one\ntwo \u2028 words\n");
    assertEquals(List.of("one", "two \u2028 words"), checkpoint.extensions());
    assertEquals(checkpoint, Checkpoint.parse(checkpoint.text()));
  }

  @Test
  void anEmptyLogHasSizeZeroAndTheHashOfNothing() {
    Checkpoint empty = new Checkpoint("log.example/1", Head.empty());
    assertEquals("log.example/1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", empty.text());
    assertEquals(empty, Checkpoint.parse(empty.text()));
  }

  @ParameterizedTest
  @MethodSource
  void refuses(String text) {
    assertThrows(MalformedException.class, () -> Checkpoint.parse(text));
  }

  static Stream<Arguments> refuses() {
    return Stream.of(
        argumentSet("nothing", ""),
        argumentSet("no final newline", EXAMPLE.strip()),
        argumentSet("two lines", "example.com/log\n1\n"),
        argumentSet("no origin", EXAMPLE.replace("example.com/behind-the-sofa", "")),
        argumentSet("a leading zero", EXAMPLE.replace("20852163", "020852163")),
        argumentSet("a sign", EXAMPLE.replace("20852163", "+20852163")),
        argumentSet("a negative size", EXAMPLE.replace("20852163", "-1")),
        argumentSet("other digits", EXAMPLE.replace("20852163", "٢")),
        argumentSet("2^63", EXAMPLE.replace("20852163", "9223372036854775808")),
        argumentSet("2^64", EXAMPLE.replace("20852163", "18446744073709551616")),
        argumentSet("a size that is a space", EXAMPLE.replace("20852163", " ")),
        argumentSet("a short root", EXAMPLE.replace("CsUY", "")),
        argumentSet("a root with loose bits", EXAMPLE.replace("q2I=", "q2J=")),
        argumentSet("an empty tree with a root", EXAMPLE.replace("20852163", "0")),
        argumentSet("an empty extension line", EXAMPLE + "\n"),
        argumentSet("CRLF", EXAMPLE.replace("\n", "\r\n")));
  }
}
