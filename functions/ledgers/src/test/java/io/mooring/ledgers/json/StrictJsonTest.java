package io.mooring.ledgers.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  private static final long SEED = Long.getLong("seed", 1);

  @Test
  void aMemberIsTheVeryBytesThatCameWithTheSpaceInsideItAndNotAround() {
    byte[] text = bytes("{ \"a\" :  {\"x\" : [1, 2 ]}  , \"b\":1e2}");

    assertArrayEquals(bytes("{\"x\" : [1, 2 ]}"), StrictJson.object(text).raw("a").orElseThrow());
    assertArrayEquals(bytes("1e2"), StrictJson.object(text).raw("b").orElseThrow());
    assertTrue(StrictJson.object(text).raw("c").isEmpty());
  }

  @Test
  void namesAndStringsAreDecoded() {
    JsonObject object = StrictJson.object(bytes("{\"\\u0061\":\"\\uD83D\\uDE00 é\\n\\/\"}"));

    assertEquals("😀 é\n/", object.string("a").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {\"a\":0}\r\n\t ",
        "{\"a\":-0.0e-10}",
        "{\"a\":9007199254740991}",
        "{\"a\":-9007199254740991}",
        "{\"a\":1.5e308}",
        "{\"a\":[[],{},null,true,false]}",
        "{\"a\":{\"a\":1},\"b\":{\"a\":1}}",
        "{\"a\":\"\u007f\"}"
      })
  void whatIsJsonIsTaken(String text) {
    StrictJson.object(bytes(text));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        row("", "a JSON object was expected, at byte 0"),
        row("[]", "a JSON object was expected, at byte 0"),
        row("\ufeff{}", "a JSON object was expected, at byte 0"),
        row("{}{}", "something follows the JSON object, at byte 2"),
        row("{\"a\":1,}", "a member's name was expected, at byte 7"),
        row("{\"a\":1 \"b\":2}", "a comma or the object's end was expected, at byte 7"),
        row("{\"a\" 1}", "a colon was expected, at byte 5"),
        row("{\"a\":[1,]}", "a JSON value was expected, at byte 8"),
        row("{\"a\":[1 2]}", "a comma or the array's end was expected, at byte 8"),
        row("{\"a\":NaN}", "a JSON value was expected, at byte 5"),
        row("{\"a\":Infinity}", "a JSON value was expected, at byte 5"),
        row("{\"a\":+1}", "a JSON value was expected, at byte 5"),
        row("{\"a\":01}", "a comma or the object's end was expected, at byte 6"),
        row("{\"a\":.5}", "a JSON value was expected, at byte 5"),
        row("{\"a\":1.}", "digits were expected after the point, at byte 7"),
        row("{\"a\":1e}", "digits were expected in the exponent, at byte 7"),
        row("{\"a\":nul}", "a JSON value was expected, at byte 5"),
        row(
            "{\"a\":1,\"b\":2,\"\\u0061\":3}",
            "the name 'a' stands twice in one object, at byte 13"),
        row("{\"x\":{\"a\":1,\"a\":2}}", "the name 'a' stands twice in one object, at byte 12"),
        row(
            "{\"a\":9007199254740992}",
            "an integer beyond 2^53 - 1 is not read alike everywhere (send it as a string), at byte 5"),
        row(
            "{\"a\":-9007199254740993}",
            "an integer beyond 2^53 - 1 is not read alike everywhere (send it as a string), at byte 5"),
        row(
            "{\"a\":1e400}",
            "a number beyond what a double holds (send it as a string), at byte 5"),
        row("{\"a\":" + "1".repeat(65) + "}", "a number longer than 64 characters, at byte 5"),
        row("{\"a\":\"\n\"}", "a control character stands bare in a string, at byte 6"),
        row("{\"a\":\"\0\"}", "a control character stands bare in a string, at byte 6"),
        row("{\"a\":\"\\u0000\"}", "NUL stands in a string, at byte 6"),
        row("{\"a\":\"\\ud800\"}", "a lone surrogate stands in a string, at byte 6"),
        row("{\"a\":\"\\ud800\\u0041\"}", "a lone surrogate stands in a string, at byte 6"),
        row("{\"a\":\"\\udc00\"}", "a lone surrogate stands in a string, at byte 6"),
        row("{\"a\":\"\\x\"}", "an escape that JSON does not know, at byte 6"),
        row("{\"a\":\"\\u00g0\"}", "four hexadecimal digits were expected, at byte 8"),
        row("{\"a\":\"b", "a string has no end, at byte 5"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsNotStrictJsonIsRefusedWithItsPlace(String text, String reason) {
    assertEquals(
        reason,
        assertThrows(JsonRefusedException.class, () -> StrictJson.object(bytes(text))).reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "c080",
        "c1bf",
        "e08080",
        "eda080",
        "edbfbf",
        "f0808080",
        "f4908080",
        "f5808080",
        "ff",
        "c3",
        "e282"
      })
  void bytesThatAreNotUtf8AreRefused(String hex) {
    byte[] bad = HexFormat.of().parseHex("7b2261223a22" + hex + "227d");

    assertThrows(JsonRefusedException.class, () -> StrictJson.object(bad));
  }

  @Test
  void nestingHasABound() {
    StrictJson.object(nested(StrictJson.DEPTH_MAX - 1));

    assertThrows(JsonRefusedException.class, () -> StrictJson.object(nested(StrictJson.DEPTH_MAX)));
    assertThrows(JsonRefusedException.class, () -> StrictJson.object(nested(100_000)));
  }

  @Test
  void doublesAreFoundAmongManyNames() {
    String many =
        String.join(",", IntStream.range(0, 1_000).mapToObj(i -> "\"n" + i + "\":1").toList());

    StrictJson.object(bytes("{" + many + "}"));
    assertThrows(
        JsonRefusedException.class, () -> StrictJson.object(bytes("{" + many + ",\"n7\":1}")));
  }

  @Test
  void aMemberOfAnotherKindOrAnUnknownOneIsRefused() {
    JsonObject object = StrictJson.object(bytes("{\"a\":1}"));

    assertThrows(JsonRefusedException.class, () -> object.string("a"));
    assertThrows(JsonRefusedException.class, () -> object.allowOnly(Set.of("b")));
    object.allowOnly(Set.of("a", "b"));
  }

  /**
   * Bent texts are either refused or taken; nothing else may come out, and no byte outside is read.
   */
  @Test
  void noBentTextBreaksTheReader() {
    var random = new Random(SEED);
    byte[] whole =
        bytes(
            "{\"type\":\"a\\u00e9\",\"data\":{\"k\":[1,2.5e-3,null,true,\"é😀\"]},\"subject\":\"s\"}");
    for (int round = 0; round < 200_000; round++) {
      byte[] bent = whole.clone();
      for (int bends = 1 + random.nextInt(3); bends > 0; bends--) {
        bent[random.nextInt(bent.length)] = (byte) random.nextInt(256);
      }
      int to = random.nextInt(4) == 0 ? random.nextInt(bent.length) : bent.length;
      try {
        StrictJson.object(bent, 0, to);
      } catch (JsonRefusedException e) {
        assertTrue(e.reason().length() < 200, "seed " + SEED);
      }
    }
  }

  private static byte[] nested(int arrays) {
    return bytes("{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}");
  }

  private static Arguments row(String text, String reason) {
    return Arguments.of(text, reason);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
