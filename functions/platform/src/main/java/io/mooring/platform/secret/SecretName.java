package io.mooring.platform.secret;

import java.util.regex.Pattern;

/** What a secret may be called, so that its name can be a file's name. */
public final class SecretName {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}");

  private SecretName() {}

  public static String checked(String name) {
    if (!SHAPE.matcher(name).matches()) {
      throw new IllegalArgumentException("not a secret's name: " + name);
    }
    return name;
  }
}
