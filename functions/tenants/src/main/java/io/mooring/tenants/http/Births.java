package io.mooring.tenants.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooring.platform.http.Answer;
import io.mooring.platform.http.Wire;
import io.mooring.platform.http.Writes;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Plan;
import io.mooring.platform.problem.RefusedException;
import io.mooring.tenants.IdentityConfig;
import io.mooring.tenants.Tenants;
import io.mooring.tenants.Tenants.Birth;
import io.mooring.tenants.TenantsLimit;
import io.mooring.tenants.TenantsRefusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** What both ways to a new tenant have in common: the operator's and the sign-up. */
@Singleton
final class Births {
  private final Tenants tenants;
  private final IdentityConfig config;
  private final ObjectMapper mapper;

  Births(Tenants tenants, IdentityConfig config, ObjectMapper mapper) {
    this.tenants = tenants;
    this.config = config;
    this.mapper = mapper;
  }

  String name(@Nullable String sent) {
    return Wire.text(sent, "name", TenantsLimit.NAME_CHARACTERS_MAX.value());
  }

  Plan plan(@Nullable String sent) {
    String word = sent == null ? config.planUnasked() : sent;
    return Plan.of(word)
        .orElseThrow(
            () -> new RefusedException(TenantsRefusal.PLAN_UNKNOWN, "there is no such plan"));
  }

  /** Commits the birth and puts the tenant on the list; the answer shows the owner's key, once. */
  Response commit(Caller caller, Birth birth, Writes writes) {
    String id = birth.tenant().id().value();
    var born =
        new BornJson(
            id,
            birth.tenant().name(),
            birth.tenant().plan().word(),
            birth.key().text(),
            birth.key().id().value());
    Response response =
        writes.commit(caller, birth.write(), Answer.created("/v1/tenants/" + id, json(born)));
    tenants.list(birth.tenant().id());
    return response;
  }

  String json(Object wire) {
    try {
      return mapper.writeValueAsString(wire);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a wire record could not be written", e);
    }
  }

  /** A new tenant, with the owner's key as it is never shown again. */
  @RegisterForReflection
  record BornJson(String id, String name, String plan, String apiKey, String keyId) {}
}
