package io.mooring.ledger;

import java.nio.charset.StandardCharsets;

/** The rule for every text in an entry: whole Unicode, no control characters, a bound in UTF-8. */
final class Words {
  private Words() {}

  static void requireWithin(String what, String text, int bytesMax) {
    // A character takes at least one byte, so a text too long is refused before it is encoded.
    if (text.length() > bytesMax || text.getBytes(StandardCharsets.UTF_8).length > bytesMax) {
      throw new MalformedException("a " + what + " has at most " + bytesMax + " bytes");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        throw new MalformedException("a " + what + " has no control characters");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new MalformedException("a " + what + " has no half of a surrogate pair");
      }
    }
  }
}
