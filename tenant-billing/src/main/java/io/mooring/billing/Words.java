package io.mooring.billing;

import java.util.Locale;

/** Names of constants as statements spell them, such as {@code top-up}. */
public final class Words {
  private Words() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
