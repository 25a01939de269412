package io.mooring.ledger.note;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Utf8;

/** The rule for the name of a key: not empty, no Unicode spaces, no plus, no control characters. */
final class KeyName {
  private static final int NEXT_LINE = 0x85; // a space to Unicode, though not to Character

  private KeyName() {}

  static String require(String name) {
    boolean odd =
        name.codePoints()
            .anyMatch(
                c ->
                    c < ' '
                        || c == '+'
                        || c == NEXT_LINE
                        || Character.isSpaceChar(c)
                        || Character.isWhitespace(c));
    if (name.isEmpty() || odd) {
      throw new MalformedException("a key name is not empty and has no spaces and no plus");
    }
    Utf8.encode(name);
    return name;
  }
}
