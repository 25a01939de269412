package io.mooring.platform;

import java.util.regex.Pattern;

/** Names one tenant. Every key in every store begins with it. */
public record TenantId(String value) {
  // Stores join parts with '#'. Keeping '#' out here keeps tenants apart there.
  private static final Pattern SHAPE = Pattern.compile("ten_[0-9a-z]{4,32}");

  /** Owns what belongs to the platform itself; no credential of a customer ever names it. */
  public static final TenantId OPERATOR = new TenantId("ten_operator");

  public TenantId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a tenant id: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
