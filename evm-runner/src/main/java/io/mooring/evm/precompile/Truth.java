package io.mooring.evm.precompile;

import io.mooring.evm.pairing.PairingCheck;
import org.jspecify.annotations.Nullable;

/** One and zero as words. */
final class Truth {
  private Truth() {}

  static byte[] word(boolean truth) {
    byte[] word = new byte[32];
    word[31] = (byte) (truth ? 1 : 0);
    return word;
  }

  /** Null where the check could not be made. */
  static byte @Nullable [] word(PairingCheck check) {
    return switch (check) {
      case ONE -> word(true);
      case NOT_ONE -> word(false);
      case INVALID -> null;
    };
  }
}
