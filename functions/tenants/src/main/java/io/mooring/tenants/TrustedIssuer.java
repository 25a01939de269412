package io.mooring.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.ledger.Hash;
import io.mooring.platform.Base32;
import io.mooring.platform.TenantId;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * An issuer of tokens that a tenant trusts for its members, and how its claims are read. The id is
 * made of the issuer's URL.
 *
 * <pre>
 * pk            sk              body (JSON)
 * T#ten_acme#   ISSUER#iss_…#   id, issuer, jwksUrl, subjectClaim, roleClaim, roles, created
 * </pre>
 *
 * @param roleClaim the claim that gives a role to who is not a member; empty where none does
 * @param roles the role that each value of that claim gives
 */
public record TrustedIssuer(
    TenantId tenant,
    String issuer,
    String jwksUrl,
    String subjectClaim,
    String roleClaim,
    Map<String, Role> roles,
    Instant created) {
  static final String KIND = "ISSUER";

  private static final String PREFIX = "iss_";
  private static final int DIGEST_BYTES = 16;

  public TrustedIssuer {
    roles = Map.copyOf(roles);
  }

  public String id() {
    return idOf(issuer);
  }

  static String idOf(String issuer) {
    byte[] digest = Hash.ofBytes(issuer.getBytes(StandardCharsets.UTF_8)).bytes();
    return PREFIX + Base32.of(Arrays.copyOf(digest, DIGEST_BYTES));
  }

  public static boolean isId(String text) {
    return text.matches(PREFIX + "[0-9a-z]{26}");
  }

  static Key key(TenantId tenant, String id) {
    return Key.of(tenant, KIND, id);
  }

  ObjectNode said() {
    ObjectNode said =
        JsonTree.object()
            .put("id", id())
            .put("issuer", issuer)
            .put("jwksUrl", jwksUrl)
            .put("subjectClaim", subjectClaim)
            .put("roleClaim", roleClaim);
    ObjectNode words = said.putObject("roles");
    new TreeMap<>(roles).forEach((value, role) -> words.put(value, role.word()));
    return said.put("created", created.toEpochMilli());
  }

  public static TrustedIssuer of(TenantId tenant, Item item) {
    JsonNode body = JsonTree.parse(item.body());
    var roles = new TreeMap<String, Role>();
    body.required("roles")
        .properties()
        .forEach(role -> roles.put(role.getKey(), Role.of(role.getValue().asText()).orElseThrow()));
    return new TrustedIssuer(
        tenant,
        body.required("issuer").asText(),
        body.required("jwksUrl").asText(),
        body.required("subjectClaim").asText(),
        body.required("roleClaim").asText(),
        roles,
        Instant.ofEpochMilli(body.required("created").asLong()));
  }
}
