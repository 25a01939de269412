package io.mooring.tenants;

import io.mooring.platform.TenantId;
import java.util.regex.Pattern;

/** Names one API key of one tenant. */
public record KeyId(TenantId tenant, String value) {
  static final String PREFIX = "key_";

  private static final Pattern SHAPE = Pattern.compile(PREFIX + "[0-9a-z]{26}");

  public KeyId {
    if (!isOne(value)) {
      throw new IllegalArgumentException("not a key id: " + value);
    }
  }

  static boolean isOne(String value) {
    return SHAPE.matcher(value).matches();
  }
}
