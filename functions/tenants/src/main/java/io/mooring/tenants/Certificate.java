package io.mooring.tenants;

import io.mooring.platform.TenantId;
import io.mooring.platform.table.Key;
import java.util.regex.Pattern;

/**
 * A client's certificate by its fingerprint: the SHA-256 of its DER form in lower-case hex, which
 * is how whoever ends the client's TLS names it.
 *
 * <pre>
 * pk            sk                           body
 * T#ten_acme#   CERTIFICATE#ba67…9373#       key_01…
 * </pre>
 *
 * <b>Trust:</b> only who ends the TLS knows that a client holds the certificate's key. <b>Loss:</b>
 * the certificate is nobody's.
 */
public record Certificate(String fingerprint) {
  /** Of an API key that has none. */
  public static final Certificate NONE = new Certificate("");

  private static final String KIND = "CERTIFICATE";
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

  public Certificate {
    if (!fingerprint.isEmpty() && !isOne(fingerprint)) {
      throw new IllegalArgumentException("not a fingerprint: " + fingerprint);
    }
  }

  /** Whether a text is a fingerprint of one. */
  public static boolean isOne(String text) {
    return SHAPE.matcher(text).matches();
  }

  boolean isNone() {
    return fingerprint.isEmpty();
  }

  /** Where it stands which of a tenant's keys it is good for. */
  Key key(TenantId tenant) {
    return Key.of(tenant, KIND, fingerprint);
  }
}
