package io.mooring.platform;

/** Crockford's base 32 in lower case: no letter looks like a digit, and order is kept. */
public final class Base32 {
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int BITS = 5;
  private static final int MASK = 31;

  private Base32() {}

  /** Writes all bits of {@code bytes}, filled up with zeros at the end. */
  public static String of(byte[] bytes) {
    var text = new StringBuilder();
    int buffer = 0;
    int held = 0;
    for (byte b : bytes) {
      buffer = (buffer << Byte.SIZE) | (b & 0xff);
      held += Byte.SIZE;
      while (held >= BITS) {
        held -= BITS;
        text.append(DIGITS.charAt((buffer >> held) & MASK));
      }
    }
    if (held > 0) {
      text.append(DIGITS.charAt((buffer << (BITS - held)) & MASK));
    }
    return text.toString();
  }

  /** Writes the lowest bits of {@code number} in that many characters. */
  static String of(long number, int characters) {
    char[] text = new char[characters];
    long left = number;
    for (int at = characters - 1; at >= 0; at--) {
      text[at] = DIGITS.charAt((int) (left & MASK));
      left >>>= BITS;
    }
    return new String(text);
  }
}
