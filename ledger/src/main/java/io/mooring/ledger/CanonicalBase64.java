package io.mooring.ledger;

import java.util.Base64;

/** Standard base64 (RFC 4648 section 4) in which every byte string has exactly one spelling. */
public final class CanonicalBase64 {
  private CanonicalBase64() {}

  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Refuses missing padding, line breaks, and loose bits in the last character. */
  public static byte[] decode(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("not base64: " + e.getMessage(), e);
    }
    if (!encode(bytes).equals(text)) {
      throw new MalformedException("not canonical base64: padding or last bits are wrong");
    }
    return bytes;
  }
}
