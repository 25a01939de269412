package io.mooring.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.problem.RefusedException;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A JWT that was read and not yet believed (RFC 7519, RFC 8725): three parts, strict JSON, an
 * algorithm of the list, and a header that names a key and never brings one.
 */
record CompactToken(String text, String algorithm, String keyId, JsonNode claims) {
  /**
   * What leads to a key of somebody else's choice ({@code jwk}, {@code jku}, {@code x5u}) is not
   * here.
   */
  private static final Set<String> HEADER_MEMBERS = Set.of("alg", "kid", "typ", "x5t", "x5t#S256");

  private static final Set<String> TYPES = Set.of("JWT", "at+jwt");
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._=+-]{1,128}");
  private static final Pattern SHAPE =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  static Optional<CompactToken> read(String text, Set<String> algorithms) {
    if (!SHAPE.matcher(text).matches()) {
      return Optional.empty();
    }
    String[] parts = text.split("\\.");
    try {
      JsonNode header = part(parts[0]);
      JsonNode claims = part(parts[1]);
      String algorithm = header.path("alg").asText();
      String keyId = header.path("kid").asText();
      boolean usable =
          header.isObject()
              && claims.isObject()
              && hasOnly(header, HEADER_MEMBERS)
              && algorithms.contains(algorithm)
              && KEY_ID.matcher(keyId).matches()
              && (!header.has("typ") || TYPES.contains(header.path("typ").asText()));
      return usable
          ? Optional.of(new CompactToken(text, algorithm, keyId, claims))
          : Optional.empty();
    } catch (IllegalArgumentException | RefusedException e) {
      return Optional.empty(); // not base64url, or not strict JSON
    }
  }

  String claim(String name) {
    JsonNode value = claims.path(name);
    return value.isTextual() ? value.asText() : "";
  }

  private static JsonNode part(String base64) {
    return JsonTree.parseStrictly(Base64.getUrlDecoder().decode(base64));
  }

  private static boolean hasOnly(JsonNode object, Set<String> names) {
    for (Iterator<String> has = object.fieldNames(); has.hasNext(); ) {
      if (!names.contains(has.next())) {
        return false;
      }
    }
    return true;
  }
}
