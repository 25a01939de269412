package io.mooring.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.ledger.Hash;
import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Mode;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is kept of an API key: everything but the key.
 *
 * <pre>
 * pk            sk             body (JSON)
 * T#ten_acme#   KEY#key_01…#   id, name, mode, scopes, hash, created, expires, certificate
 * </pre>
 *
 * <b>Trust:</b> whoever reads this cannot make the key from it. <b>Loss:</b> the key stops working.
 *
 * @param expires when it stops working; {@link Instant#MAX} for a key that does not
 * @param certificate what is taken for the key where certificates are; {@link Certificate#NONE}
 */
public record StoredKey(
    KeyId id,
    String name,
    Mode mode,
    Set<Scope> scopes,
    Hash hash,
    Instant created,
    Instant expires,
    Certificate certificate) {
  static final String KIND = "KEY";

  public StoredKey {
    scopes = Set.copyOf(scopes);
  }

  static Key key(KeyId id) {
    return Key.of(id.tenant(), KIND, id.value());
  }

  public boolean isExpired(Instant now) {
    return !now.isBefore(expires);
  }

  public boolean hasExpiry() {
    return !expires.equals(Instant.MAX);
  }

  public boolean hasCertificate() {
    return !certificate.isNone();
  }

  /** As it is while its successor, which has the certificate, takes over. */
  StoredKey until(Instant sooner) {
    return new StoredKey(
        id,
        name,
        mode,
        scopes,
        hash,
        created,
        sooner.isBefore(expires) ? sooner : expires,
        Certificate.NONE);
  }

  /** What the journal says of it. */
  ObjectNode said() {
    ObjectNode said =
        JsonTree.object().put("id", id.value()).put("name", name).put("mode", mode.word());
    ArrayNode words = said.putArray("scopes");
    scopes.stream().sorted().map(Scope::word).forEach(words::add);
    said.put("created", created.toEpochMilli());
    if (hasExpiry()) {
      said.put("expires", expires.toEpochMilli());
    }
    if (hasCertificate()) {
      said.put("certificate", certificate.fingerprint());
    }
    return said;
  }

  byte[] body() {
    return JsonTree.bytes(said().put("hash", hash.base64()));
  }

  public static StoredKey of(TenantId tenant, Item item) {
    JsonNode body = JsonTree.parse(item.body());
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    body.required("scopes")
        .forEach(word -> scopes.add(Scope.ofTenant(word.asText()).orElseThrow()));
    return new StoredKey(
        new KeyId(tenant, body.required("id").asText()),
        body.required("name").asText(),
        Mode.of(body.required("mode").asText()).orElseThrow(),
        scopes,
        Hash.ofBase64(body.required("hash").asText()),
        Instant.ofEpochMilli(body.required("created").asLong()),
        body.has("expires") ? Instant.ofEpochMilli(body.required("expires").asLong()) : Instant.MAX,
        body.has("certificate")
            ? new Certificate(body.required("certificate").asText())
            : Certificate.NONE);
  }
}
