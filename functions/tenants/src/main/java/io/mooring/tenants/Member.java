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

/**
 * Somebody who acts for a tenant with tokens of an issuer that the tenant trusts. The id is made of
 * issuer and subject, so nobody is a member twice.
 *
 * <pre>
 * pk            sk              body (JSON)
 * T#ten_acme#   MEMBER#mem_…#   id, issuer, subject, name, role, created
 * </pre>
 */
public record Member(
    TenantId tenant, String issuer, String subject, String name, Role role, Instant created) {
  static final String KIND = "MEMBER";

  private static final String PREFIX = "mem_";
  private static final int DIGEST_BYTES = 16;

  public String id() {
    return idOf(issuer, subject);
  }

  public static String idOf(String issuer, String subject) {
    byte[] digest =
        Hash.ofBytes((issuer + "\n" + subject).getBytes(StandardCharsets.UTF_8)).bytes();
    return PREFIX + Base32.of(Arrays.copyOf(digest, DIGEST_BYTES));
  }

  public static boolean isId(String text) {
    return text.matches(PREFIX + "[0-9a-z]{26}");
  }

  static Key key(TenantId tenant, String id) {
    return Key.of(tenant, KIND, id);
  }

  Member with(Role another) {
    return new Member(tenant, issuer, subject, name, another, created);
  }

  ObjectNode said() {
    return JsonTree.object()
        .put("id", id())
        .put("issuer", issuer)
        .put("subject", subject)
        .put("name", name)
        .put("role", role.word())
        .put("created", created.toEpochMilli());
  }

  public static Member of(TenantId tenant, Item item) {
    JsonNode body = JsonTree.parse(item.body());
    return new Member(
        tenant,
        body.required("issuer").asText(),
        body.required("subject").asText(),
        body.required("name").asText(),
        Role.of(body.required("role").asText()).orElseThrow(),
        Instant.ofEpochMilli(body.required("created").asLong()));
  }
}
