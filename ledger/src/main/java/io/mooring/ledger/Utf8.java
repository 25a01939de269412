package io.mooring.ledger;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** UTF-8 that refuses what it cannot say, where the JDK would put a question mark. */
public final class Utf8 {
  private Utf8() {}

  public static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  public static String decode(byte[] array, int from, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(array, from, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("not UTF-8", e);
    }
  }

  public static byte[] encode(String text) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return Arrays.copyOf(utf8.array(), utf8.remaining());
    } catch (CharacterCodingException e) {
      throw new MalformedException("not text: it holds half of a surrogate pair", e);
    }
  }
}
