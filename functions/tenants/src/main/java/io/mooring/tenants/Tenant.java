package io.mooring.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Plan;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.time.Instant;
import java.util.Arrays;

/**
 * One customer of the platform.
 *
 * <pre>
 * pk            sk        body (JSON)
 * T#ten_acme#   TENANT#   id, name, plan, status, created
 * </pre>
 */
public record Tenant(TenantId id, String name, Plan plan, Status status, Instant created) {
  /** Whether a tenant's credentials are good for anything. */
  public enum Status {
    ACTIVE("active"),
    SUSPENDED("suspended"),
    CLOSED("closed");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    static Status of(String word) {
      return Arrays.stream(values())
          .filter(status -> status.word.equals(word))
          .findFirst()
          .orElseThrow();
    }
  }

  static Key key(TenantId id) {
    return Key.of(id, "TENANT");
  }

  public Tenant with(Status status) {
    return new Tenant(id, name, plan, status, created);
  }

  public Tenant with(Plan plan) {
    return new Tenant(id, name, plan, status, created);
  }

  byte[] body() {
    return JsonTree.bytes(
        JsonTree.object()
            .put("id", id.value())
            .put("name", name)
            .put("plan", plan.word())
            .put("status", status.word())
            .put("created", created.toEpochMilli()));
  }

  public static Tenant of(Item item) {
    JsonNode body = JsonTree.parse(item.body());
    return new Tenant(
        new TenantId(body.required("id").asText()),
        body.required("name").asText(),
        Plan.of(body.required("plan").asText()).orElseThrow(),
        Status.of(body.required("status").asText()),
        Instant.ofEpochMilli(body.required("created").asLong()));
  }
}
