package io.mooring.platform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.mooring.platform.limit.PlatformLimit;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses JSON that two readers could understand differently, before anything is done with it: RFC
 * 8259 with the demands of I-JSON (RFC 7493), and bounds.
 */
public final class StrictJson {
  private static final BigInteger INTEGER_MAX =
      BigInteger.valueOf(PlatformLimit.JSON_INTEGER_MAX.value());

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(PlatformLimit.JSON_DEPTH_MAX.intValue())
                  .maxNumberLength(PlatformLimit.JSON_NUMBER_CHARACTERS_MAX.intValue())
                  .maxNameLength(PlatformLimit.JSON_NAME_CHARACTERS_MAX.intValue())
                  .maxStringLength(PlatformLimit.BODY_BYTES_MAX.intValue())
                  .build())
          .build();

  private StrictJson() {}

  /**
   * Passes one whole JSON value and nothing around it.
   *
   * @throws RefusedException as {@code JsonMalformed}, without a word of the content in it
   */
  public static void check(byte[] body) {
    String text = utf8(body);
    try (JsonParser parser = FACTORY.createParser(text)) {
      checkWhole(parser);
    } catch (IOException e) {
      throw new UncheckedIOException("a string could not be read", e);
    }
  }

  private static void checkWhole(JsonParser parser) throws IOException {
    try {
      if (parser.nextToken() == null) {
        throw malformed("there is nothing in it");
      }
      int depth = check(parser);
      while (depth > 0) {
        parser.nextToken();
        depth += check(parser);
      }
      if (parser.nextToken() != null) {
        throw malformed("something follows the value");
      }
    } catch (JsonProcessingException e) {
      throw malformed("it breaks off at character " + parser.currentLocation().getCharOffset());
    }
  }

  /** Judges the token at hand, and tells how much deeper it leads. */
  private static int check(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT, START_ARRAY -> 1;
      case END_OBJECT, END_ARRAY -> -1;
      case FIELD_NAME, VALUE_STRING -> {
        checkText(parser.getText());
        yield 0;
      }
      case VALUE_NUMBER_INT -> {
        checkNumberLength(parser);
        if (parser.getBigIntegerValue().abs().compareTo(INTEGER_MAX) > 0) {
          throw malformed("an integer is beyond 2^53 - 1");
        }
        yield 0;
      }
      case VALUE_NUMBER_FLOAT -> {
        checkNumberLength(parser);
        if (!Double.isFinite(parser.getDoubleValue())) {
          throw malformed("a number is beyond what a double holds");
        }
        yield 0;
      }
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> 0;
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new AssertionError(token);
    };
  }

  private static void checkNumberLength(JsonParser parser) throws IOException {
    if (parser.getTextLength() > PlatformLimit.JSON_NUMBER_CHARACTERS_MAX.value()) {
      throw malformed("a number is longer than jsonNumberCharactersMax");
    }
  }

  private static void checkText(String text) {
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      if (unit == 0) {
        throw malformed("a string has a NUL");
      }
      if (Character.isHighSurrogate(unit)
          && at + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(at + 1))) {
        at++;
      } else if (Character.isSurrogate(unit)) {
        throw malformed("a string has half of a surrogate pair");
      }
    }
  }

  private static String utf8(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (text.startsWith("\uFEFF")) {
        throw malformed("it begins with a byte order mark");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw malformed("it is not UTF-8");
    }
  }

  private static RefusedException malformed(String why) {
    return new RefusedException(PlatformRefusal.JSON_MALFORMED, why);
  }
}
