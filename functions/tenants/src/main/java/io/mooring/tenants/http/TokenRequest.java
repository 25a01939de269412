package io.mooring.tenants.http;

import io.mooring.platform.problem.RefusedException;
import io.mooring.tenants.TenantsRefusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token request as RFC 6749 has it: form-encoded, no parameter twice, the client's credentials in
 * the form or by HTTP Basic and not in both. What is absent is empty.
 */
record TokenRequest(String grantType, String clientId, String secret, String scope) {
  private static final String BASIC = "basic ";

  static TokenRequest of(String body, @Nullable String authorization) {
    try {
      Map<String, String> form = form(body);
      String secret = form.getOrDefault("client_secret", "");
      String id = form.getOrDefault("client_id", "");
      if (authorization != null) {
        String[] basic = basic(authorization);
        if (!secret.isEmpty() || !(id.isEmpty() || id.equals(basic[0]))) {
          throw malformed();
        }
        id = basic[0];
        secret = basic[1];
      }
      return new TokenRequest(
          form.getOrDefault("grant_type", ""), id, secret, form.getOrDefault("scope", ""));
    } catch (IllegalArgumentException e) {
      throw malformed(); // a bad percent escape, or bad base64
    }
  }

  private static Map<String, String> form(String body) {
    var form = new HashMap<String, String>();
    for (String pair : body.split("&")) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        if (parts.length != 2 || form.put(decoded(parts[0]), decoded(parts[1])) != null) {
          throw malformed();
        }
      }
    }
    return form;
  }

  private static String[] basic(String authorization) {
    if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      throw malformed();
    }
    byte[] pair = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
    String[] parts = new String(pair, StandardCharsets.UTF_8).split(":", 2);
    if (parts.length != 2) {
      throw malformed();
    }
    return new String[] {decoded(parts[0]), decoded(parts[1])};
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static RefusedException malformed() {
    return new RefusedException(
        TenantsRefusal.TOKEN_REQUEST_INVALID, "the parameters are not as RFC 6749 has them");
  }
}
