package io.mooring.cli;

import io.mooring.ledger.Verdict.Reason;
import java.util.Locale;

/** How the command line says things. */
final class Words {
  private Words() {}

  static String of(Reason reason) {
    return switch (reason) {
      case ORIGIN_DIFFERS -> "the checkpoint is of another log";
      case SIGNATURE_WRONG -> "a signature that names a known key was not made by it";
      case NOT_SIGNED_BY_A_KNOWN_KEY -> "no key of this log that you gave has signed it";
      case TOO_FEW_COSIGNATURES -> "fewer witnesses than you ask for have cosigned it";
      case SIZE_SHRANK -> "the log has fewer entries than it had before";
      case INDEX_BEYOND_HEAD -> "the entry's index is beyond the end of the signed tree";
      case PATH_TOO_LONG -> "the path has more hashes than such a tree";
      case PATH_TOO_SHORT -> "the path has fewer hashes than such a tree";
      case OLD_ROOT_DIFFERS -> "the proof does not lead to the root from before";
      case ROOT_DIFFERS -> "the path does not lead from this entry to the signed root";
    };
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String count(long count, String one, String many) {
    return count(count) + " " + (count == 1 ? one : many);
  }

  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  /** Text of a stranger, made safe to print: what is invisible could move the cursor. */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}]", "\ufffd");
  }
}
