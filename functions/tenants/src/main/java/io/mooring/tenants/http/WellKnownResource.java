package io.mooring.tenants.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mooring.platform.http.Public;
import io.mooring.platform.identity.Scope;
import io.mooring.tenants.IdentityConfig;
import io.mooring.tenants.PublishedKey;
import io.mooring.tenants.SigningKeys;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** What anybody may know of this deployment: its keys, its endpoints, and where its papers are. */
@Public
@Path("/.well-known")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class WellKnownResource {
  private final SigningKeys keys;
  private final IdentityConfig config;

  WellKnownResource(SigningKeys keys, IdentityConfig config) {
    this.keys = keys;
    this.config = config;
  }

  @GET
  @Path("/jwks.json")
  public RestResponse<KeySetJson> keys() {
    return RestResponse.ResponseBuilder.ok(new KeySetJson(keys.published()))
        .header("Cache-Control", "public, max-age=" + SigningKeys.CACHED.toSeconds())
        .build();
  }

  /** RFC 8414's name for the document. */
  @GET
  @Path("/oauth-authorization-server")
  public DiscoveryJson authorizationServer() {
    return discovery();
  }

  /** OpenID Connect's name for the same. */
  @GET
  @Path("/openid-configuration")
  public DiscoveryJson discovery() {
    String issuer = config.issuer();
    return new DiscoveryJson(
        issuer,
        issuer + "/v1/token",
        issuer + "/.well-known/jwks.json",
        List.of("client_credentials"),
        List.of("client_secret_post", "client_secret_basic"),
        List.of("ES256"),
        List.of(),
        Arrays.stream(Scope.values()).filter(s -> s != Scope.OPERATOR).map(Scope::word).toList());
  }

  @GET
  @Path("/mooring")
  public DeploymentJson deployment() {
    String issuer = config.issuer();
    return new DeploymentJson(
        "mooring",
        "v1",
        issuer,
        config.audience(),
        config.signUp(),
        "/v1/limits",
        "/docs",
        "/.well-known/jwks.json");
  }

  /** A JWK set (RFC 7517). */
  public record KeySetJson(List<PublishedKey> keys) {}

  /** Authorisation server metadata (RFC 8414). */
  public record DiscoveryJson(
      String issuer,
      @JsonProperty("token_endpoint") String tokenEndpoint,
      @JsonProperty("jwks_uri") String jwksUri,
      @JsonProperty("grant_types_supported") List<String> grantTypes,
      @JsonProperty("token_endpoint_auth_methods_supported") List<String> clientAuthentications,
      @JsonProperty("token_endpoint_auth_signing_alg_values_supported") List<String> algorithms,
      @JsonProperty("response_types_supported") List<String> responseTypes,
      @JsonProperty("scopes_supported") List<String> scopes) {}

  /** This deployment, and where to read on. */
  public record DeploymentJson(
      String service,
      String api,
      String issuer,
      String audience,
      boolean signUp,
      String limits,
      String docs,
      String jwks) {}
}
