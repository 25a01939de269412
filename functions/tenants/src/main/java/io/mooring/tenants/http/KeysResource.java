package io.mooring.tenants.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mooring.platform.http.Answer;
import io.mooring.platform.http.Versions;
import io.mooring.platform.http.Wire;
import io.mooring.platform.http.Writes;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Mode;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.page.PageTokens;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Item;
import io.mooring.tenants.Authoriser;
import io.mooring.tenants.Certificate;
import io.mooring.tenants.KeyId;
import io.mooring.tenants.KeyUses;
import io.mooring.tenants.Keys;
import io.mooring.tenants.Slice;
import io.mooring.tenants.StoredKey;
import io.mooring.tenants.TenantsLimit;
import io.mooring.tenants.TenantsRefusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of the caller's tenant. A key is shown in the answer that makes it and never again.
 */
@Path("/v1/keys")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class KeysResource {
  private static final String LIST = "keys";
  private static final String NAME_UNASKED = "unnamed";

  private final Caller caller;
  private final Keys keys;
  private final KeyUses uses;
  private final Writes writes;
  private final Versions versions;
  private final PageTokens pages;
  private final Births births;
  private final Authoriser authoriser;

  KeysResource(
      Caller caller,
      Keys keys,
      KeyUses uses,
      Writes writes,
      Versions versions,
      PageTokens pages,
      Births births,
      Authoriser authoriser) {
    this.caller = caller;
    this.keys = keys;
    this.uses = uses;
    this.writes = writes;
    this.versions = versions;
    this.pages = pages;
    this.births = births;
    this.authoriser = authoriser;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@Nullable NewKeyJson sent) {
    caller.require(Scope.KEYS_WRITE);
    NewKeyJson json = Wire.body(sent);

    return made(
        keys.made(
            caller,
            json.name() == null ? NAME_UNASKED : births.name(json.name()),
            mode(json.mode()),
            Keys.scopes(caller, Optional.ofNullable(json.scopes())),
            lifetime(json.expiresInSeconds(), 0, TenantsLimit.KEY_EXPIRY_SECONDS_MAX),
            certificate(json.certificate())));
  }

  @GET
  public Response list(
      @QueryParam("perPage") @Nullable String perPage,
      @QueryParam("pageToken") @Nullable String pageToken) {
    caller.require(Scope.KEYS_READ);
    PageRequest page = pages.read(caller.tenant(), LIST, perPage, pageToken);
    Slice slice = keys.all(caller.tenant(), page);
    List<KeyJson> items = slice.items().stream().map(this::json).toList();
    return Pages.of(
        pages, caller.tenant(), LIST, page, slice.next(), token -> new KeysJson(items, token));
  }

  @GET
  @Path("/{key}")
  public RestResponse<KeyJson> get(@PathParam("key") String name) {
    caller.require(Scope.KEYS_READ);
    Item item = keys.find(id(name));
    if (!item.exists()) {
      throw notFound();
    }
    return RestResponse.ResponseBuilder.ok(json(item)).tag(Versions.tag(item.version())).build();
  }

  @DELETE
  @Path("/{key}")
  public Response revoke(@PathParam("key") String name) {
    caller.require(Scope.KEYS_WRITE);
    Response response =
        writes.commit(
            caller, keys.revoked(caller, id(name), versions::conditionOf), Answer.noContent());
    authoriser.forget();
    return response;
  }

  @POST
  @Path("/{key}/rotate")
  @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
  public Response rotate(@PathParam("key") String name, @Nullable OverlapJson json) {
    caller.require(Scope.KEYS_WRITE);
    Duration overlap =
        lifetime(
            json == null ? null : json.overlapSeconds(),
            TenantsLimit.KEY_OVERLAP_SECONDS_UNASKED.value(),
            TenantsLimit.KEY_OVERLAP_SECONDS_MAX);
    Response response = made(keys.rotated(caller, id(name), overlap, versions::conditionOf));
    authoriser.forget();
    return response;
  }

  private Response made(Keys.Made made) {
    StoredKey stored = made.stored();
    var shown =
        new MadeKeyJson(
            stored.id().value(),
            made.key().text(),
            stored.name(),
            stored.mode().word(),
            words(stored),
            stored.created().toString(),
            expiry(stored),
            fingerprint(stored));
    return writes.commit(
        caller,
        made.write(),
        Answer.created("/v1/keys/" + stored.id().value(), births.json(shown)));
  }

  private KeyJson json(Item item) {
    StoredKey key = StoredKey.of(caller.tenant(), item);
    return new KeyJson(
        key.id().value(),
        key.name(),
        key.mode().word(),
        words(key),
        key.created().toString(),
        expiry(key),
        fingerprint(key),
        uses.lastUse(key.id()).map(Instant::toString).orElse(null));
  }

  private static List<String> words(StoredKey key) {
    return key.scopes().stream().sorted().map(Scope::word).toList();
  }

  private static @Nullable String expiry(StoredKey key) {
    return key.hasExpiry() ? key.expires().toString() : null;
  }

  private static @Nullable String fingerprint(StoredKey key) {
    return key.hasCertificate() ? key.certificate().fingerprint() : null;
  }

  private static Certificate certificate(@Nullable String sent) {
    if (sent == null) {
      return Certificate.NONE;
    }
    if (!Certificate.isOne(sent)) {
      throw new RefusedException(
          PlatformRefusal.BODY_INVALID,
          "certificate is its SHA-256 fingerprint, 64 characters of lower-case hex");
    }
    return new Certificate(sent);
  }

  private Mode mode(@Nullable String sent) {
    if (sent == null) {
      return caller.mode();
    }
    return Mode.of(sent)
        .orElseThrow(
            () -> new RefusedException(PlatformRefusal.BODY_INVALID, "mode is live or test"));
  }

  private static Duration lifetime(@Nullable Long sent, long unasked, TenantsLimit max) {
    if (sent == null) {
      return Duration.ofSeconds(unasked);
    }
    if (sent < 1 || sent > max.value()) {
      throw new RefusedException(
          TenantsRefusal.EXPIRY_INVALID, "this is a number of seconds from 1 to " + max.value());
    }
    return Duration.ofSeconds(sent);
  }

  private KeyId id(String name) {
    try {
      return new KeyId(caller.tenant(), name);
    } catch (IllegalArgumentException e) {
      throw notFound();
    }
  }

  private static RefusedException notFound() {
    return new RefusedException(PlatformRefusal.NOT_FOUND, "there is no such key");
  }

  /** What a key is made of; scopes and mode are the caller's own where they are not named. */
  public record NewKeyJson(
      @Nullable String name,
      @Nullable String mode,
      @Nullable List<String> scopes,
      @Nullable Long expiresInSeconds,
      @Nullable String certificate) {}

  /** How long the old key goes on working. */
  public record OverlapJson(@Nullable Long overlapSeconds) {}

  /** A new key, as it is never shown again. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MadeKeyJson(
      String id,
      String key,
      String name,
      String mode,
      List<String> scopes,
      String created,
      @Nullable String expires,
      @Nullable String certificate) {}

  /** What can be told of a key. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record KeyJson(
      String id,
      String name,
      String mode,
      List<String> scopes,
      String created,
      @Nullable String expires,
      @Nullable String certificate,
      @Nullable String lastUsed) {}

  /** A page of keys. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record KeysJson(List<KeyJson> items, @Nullable String nextPageToken) {}
}
