package io.mooring.ledgers.json;

import io.mooring.ledgers.json.JsonSlice.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object of RFC 8259 within the limits of I-JSON (RFC 7493): what two parsers could
 * understand differently is refused before anything is hashed.
 *
 * <p>Refused beside bad syntax: a byte order mark, bytes that are not UTF-8, lone surrogates, NUL,
 * a name twice in one object, integers beyond 2^53 - 1, numbers that are no finite double, and
 * nesting deeper than {@link #DEPTH_MAX}. Not safe for use by two threads.
 */
public final class StrictJson {
  public static final int DEPTH_MAX = 64;
  public static final int NUMBER_CHARS_MAX = 64;

  private static final long INTEGER_MAX = (1L << 53) - 1;
  private static final int INTEGER_DIGITS_SAFE = 15; // any number of so few digits is below 2^53

  /** Above this many names in one object, looking for doubles in a list costs more than a set. */
  private static final int NAMES_LISTED_MAX = 8;

  private final byte[] text;
  private final int end;
  private int at;

  private StrictJson(byte[] text, int from, int to) {
    this.text = text;
    this.at = from;
    this.end = to;
  }

  /** Reads the object that fills {@code text} between two places, white space around it aside. */
  public static JsonObject object(byte[] text, int from, int to) {
    var json = new StrictJson(text, from, to);
    json.space();
    if (json.peek() != '{') {
      throw json.refuse("a JSON object was expected");
    }
    List<String> names = new ArrayList<>(NAMES_LISTED_MAX);
    List<JsonSlice> values = new ArrayList<>(NAMES_LISTED_MAX);
    json.members(0, names, values);
    json.space();
    if (json.at != json.end) {
      throw json.refuse("something follows the JSON object");
    }
    return new JsonObject(text, names, values);
  }

  public static JsonObject object(byte[] text) {
    return object(text, 0, text.length);
  }

  /** Passes one value of any kind that fills {@code text} to its last byte. */
  public static void value(byte[] text) {
    var json = new StrictJson(text, 0, text.length);
    json.value(0);
    if (json.at != json.end) {
      throw json.refuse("something follows the JSON value");
    }
  }

  /** The characters of a string that this reader has accepted. */
  static String decoded(byte[] text, JsonSlice string) {
    return decoded(text, string.from() + 1, string.to() - 1);
  }

  static String number(byte[] text, JsonSlice number) {
    return new String(text, number.from(), number.length(), StandardCharsets.US_ASCII);
  }

  private static String decoded(byte[] text, int from, int to) {
    String raw = new String(text, from, to - from, StandardCharsets.UTF_8);
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    var plain = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      c = raw.charAt(++i);
      switch (c) {
        case 'b' -> plain.append('\b');
        case 'f' -> plain.append('\f');
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case 'u' -> {
          plain.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
          i += 4;
        }
        default -> plain.append(c);
      }
    }
    return plain.toString();
  }

  private Kind value(int depth) {
    switch (peek()) {
      case '{' -> {
        members(depth, new ArrayList<>(NAMES_LISTED_MAX), null);
        return Kind.OBJECT;
      }
      case '[' -> {
        elements(depth);
        return Kind.ARRAY;
      }
      case '"' -> {
        string();
        return Kind.STRING;
      }
      case 't' -> {
        word("true");
        return Kind.BOOLEAN;
      }
      case 'f' -> {
        word("false");
        return Kind.BOOLEAN;
      }
      case 'n' -> {
        word("null");
        return Kind.NULL;
      }
      default -> {
        number();
        return Kind.NUMBER;
      }
    }
  }

  private void members(int depth, List<String> names, @Nullable List<JsonSlice> values) {
    enter(depth);
    space();
    if (peek() == '}') {
      at++;
      return;
    }
    Set<String> seen = null;
    while (true) {
      if (peek() != '"') {
        throw refuse("a member's name was expected");
      }
      int from = at;
      string();
      String name = decoded(text, from + 1, at - 1);
      if (names.size() == NAMES_LISTED_MAX) {
        seen = new HashSet<>(names);
      }
      if (seen == null ? names.contains(name) : !seen.add(name)) {
        throw new JsonRefusedException(
            "the name '" + shown(name) + "' stands twice in one object", from);
      }
      names.add(name);
      space();
      take(':', "a colon was expected");
      space();
      int begins = at;
      Kind kind = value(depth + 1);
      if (values != null) {
        values.add(new JsonSlice(kind, begins, at));
      }
      space();
      if (peek() == '}') {
        at++;
        return;
      }
      take(',', "a comma or the object's end was expected");
      space();
    }
  }

  private void elements(int depth) {
    enter(depth);
    space();
    if (peek() == ']') {
      at++;
      return;
    }
    while (true) {
      value(depth + 1);
      space();
      if (peek() == ']') {
        at++;
        return;
      }
      take(',', "a comma or the array's end was expected");
      space();
    }
  }

  private void enter(int depth) {
    if (depth >= DEPTH_MAX) {
      throw refuse("nesting goes deeper than " + DEPTH_MAX);
    }
    at++;
  }

  private void string() {
    int i = at + 1;
    while (i < end) {
      byte b = text[i];
      if (b == '"') {
        at = i + 1;
        return;
      }
      if (b == '\\') {
        i = escape(i);
      } else if (b < 0) {
        i = beyondAscii(i);
      } else if (b < ' ') {
        throw new JsonRefusedException("a control character stands bare in a string", i);
      } else {
        i++;
      }
    }
    throw new JsonRefusedException("a string has no end", at);
  }

  private int escape(int i) {
    if (i + 1 >= end) {
      throw new JsonRefusedException("a string has no end", at);
    }
    switch (text[i + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return i + 2;
      }
      case 'u' -> {
        int unit = hex4(i + 2);
        if (unit == 0) {
          throw new JsonRefusedException("NUL stands in a string", i);
        }
        if (Character.isLowSurrogate((char) unit)) {
          throw new JsonRefusedException("a lone surrogate stands in a string", i);
        }
        if (!Character.isHighSurrogate((char) unit)) {
          return i + 6;
        }
        boolean paired =
            i + 7 < end
                && text[i + 6] == '\\'
                && text[i + 7] == 'u'
                && Character.isLowSurrogate((char) hex4(i + 8));
        if (!paired) {
          throw new JsonRefusedException("a lone surrogate stands in a string", i);
        }
        return i + 12;
      }
      default -> throw new JsonRefusedException("an escape that JSON does not know", i);
    }
  }

  private int hex4(int from) {
    if (from + 4 > end) {
      throw new JsonRefusedException("a string has no end", at);
    }
    int unit = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        throw new JsonRefusedException("four hexadecimal digits were expected", from);
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  /** Checks one sequence of two to four bytes by the table of Unicode 3.9 (D92). */
  private int beyondAscii(int i) {
    int lead = text[i] & 0xff;
    int follow = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    boolean good = lead >= 0xc2 && lead <= 0xf4 && i + follow < end;
    for (int k = 1; good && k <= follow; k++) {
      int next = text[i + k] & 0xff;
      good = next >= low && next <= high;
      low = 0x80;
      high = 0xbf;
    }
    if (!good) {
      throw new JsonRefusedException("bytes that are not UTF-8", i);
    }
    return i + follow + 1;
  }

  private void number() {
    int from = at;
    if (at < end && text[at] == '-') {
      at++;
    }
    int digitsFrom = at;
    if (at < end && text[at] == '0') {
      at++;
    } else {
      digits("a JSON value was expected");
    }
    int digits = at - digitsFrom;
    boolean whole = true;
    if (at < end && text[at] == '.') {
      whole = false;
      at++;
      digits("digits were expected after the point");
    }
    if (at < end && (text[at] == 'e' || text[at] == 'E')) {
      whole = false;
      at++;
      if (at < end && (text[at] == '+' || text[at] == '-')) {
        at++;
      }
      digits("digits were expected in the exponent");
    }
    if (at - from > NUMBER_CHARS_MAX) {
      throw new JsonRefusedException(
          "a number longer than " + NUMBER_CHARS_MAX + " characters", from);
    }
    if (whole && digits <= INTEGER_DIGITS_SAFE) {
      return;
    }
    double value = Double.parseDouble(new String(text, from, at - from, StandardCharsets.US_ASCII));
    if (whole && Math.abs(value) > INTEGER_MAX) {
      throw new JsonRefusedException(
          "an integer beyond 2^53 - 1 is not read alike everywhere (send it as a string)", from);
    }
    if (Double.isInfinite(value)) {
      throw new JsonRefusedException(
          "a number beyond what a double holds (send it as a string)", from);
    }
  }

  private void digits(String expected) {
    int from = at;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw refuse(expected);
    }
  }

  private void word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= end || text[at + i] != word.charAt(i)) {
        throw refuse("a JSON value was expected");
      }
    }
    at += word.length();
  }

  private void space() {
    while (at < end
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
      at++;
    }
  }

  private void take(char expected, String otherwise) {
    if (peek() != expected) {
      throw refuse(otherwise);
    }
    at++;
  }

  private int peek() {
    return at < end ? text[at] : -1;
  }

  private JsonRefusedException refuse(String reason) {
    return new JsonRefusedException(reason, at);
  }

  static String shown(String name) {
    return name.length() <= 40 ? name : name.substring(0, 40) + "…";
  }
}
