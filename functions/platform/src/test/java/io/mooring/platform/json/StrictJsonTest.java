package io.mooring.platform.json;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.platform.limit.PlatformLimit;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatTwoReadersCouldUnderstandDifferently(byte[] body) {
    var refused = assertThrows(RefusedException.class, () -> StrictJson.check(body));
    assertEquals(PlatformRefusal.JSON_MALFORMED, refused.refusal());
  }

  static Stream<Arguments> refused() {
    int depthMax = PlatformLimit.JSON_DEPTH_MAX.intValue();
    int numberMax = PlatformLimit.JSON_NUMBER_CHARACTERS_MAX.intValue();
    int nameMax = PlatformLimit.JSON_NAME_CHARACTERS_MAX.intValue();
    return Stream.of(
        row("nothing", ""),
        row("white space", " \n"),
        row("broken off", "{\"a\":1"),
        row("a trailing comma", "{\"a\":1,}"),
        row("a comment", "{\"a\":1/**/}"),
        row("single quotes", "{'a':1}"),
        row("a name twice", "{\"a\":1,\"a\":2}"),
        row("a name twice, once escaped", "{\"a\":1,\"\\u0061\":2}"),
        row("a name twice, deeper", "{\"b\":[{\"a\":1,\"a\":2}]}"),
        row("too deep", "[".repeat(depthMax + 1) + "]".repeat(depthMax + 1)),
        row("absurdly deep", "[".repeat(100_000)),
        row("NaN", "{\"a\":NaN}"),
        row("Infinity", "{\"a\":-Infinity}"),
        row("beyond a double", "{\"a\":1e400}"),
        row("2^53", "{\"a\":9007199254740992}"),
        row("-2^53", "{\"a\":-9007199254740992}"),
        row("a long number", "{\"a\":0." + "1".repeat(numberMax) + "}"),
        row("a megabyte of number", "{\"a\":" + "1".repeat(1_000_000) + "}"),
        row("a leading zero", "{\"a\":01}"),
        row("a leading plus", "{\"a\":+1}"),
        row("hexadecimal", "{\"a\":0x10}"),
        row("half a pair", "{\"a\":\"\\ud800\"}"),
        row("the other half", "{\"a\":\"\\udc00\"}"),
        row("a pair the wrong way round", "{\"a\":\"\\udc00\\ud800\"}"),
        row("half a pair in a name", "{\"\\ud800\":1}"),
        row("an escaped NUL", "{\"a\":\"\\u0000\"}"),
        row("a NUL", "{\"a\":\"\0\"}"),
        row("a NUL behind it", "{}\0"),
        row("a control character", "{\"a\":\"\n\"}"),
        row("a byte order mark", "\uFEFF{}"),
        row("something behind it", "{} {}"),
        row("a bracket behind it", "{}]"),
        row("a long name", "{\"" + "n".repeat(nameMax + 1) + "\":1}"),
        Arguments.argumentSet("UTF-16", (Object) "{}".getBytes(StandardCharsets.UTF_16LE)),
        Arguments.argumentSet("Latin-1", (Object) "\"é\"".getBytes(StandardCharsets.ISO_8859_1)),
        Arguments.argumentSet(
            "overlong UTF-8", (Object) new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'}),
        Arguments.argumentSet(
            "a surrogate in UTF-8",
            (Object) new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " [ ] ",
        "\"text\"",
        "null",
        "{\"a\":{\"a\":1},\"b\":{\"a\":1}}",
        "{\"a\":9007199254740991,\"b\":-9007199254740991}",
        "{\"a\":1.5e300,\"b\":0.1,\"c\":-0}",
        "{\"a\":\"\\ud83d\\ude00 😀\"}",
      })
  void passesTheRest(String json) {
    assertDoesNotThrow(() -> StrictJson.check(json.getBytes(StandardCharsets.UTF_8)));
  }

  @org.junit.jupiter.api.Test
  void theDepthOfTheBoundPasses() {
    int depthMax = PlatformLimit.JSON_DEPTH_MAX.intValue();
    byte[] json = ("[".repeat(depthMax) + "]".repeat(depthMax)).getBytes(StandardCharsets.UTF_8);
    assertDoesNotThrow(() -> StrictJson.check(json));
  }

  private static Arguments row(String name, String json) {
    return Arguments.argumentSet(name, (Object) json.getBytes(StandardCharsets.UTF_8));
  }
}
