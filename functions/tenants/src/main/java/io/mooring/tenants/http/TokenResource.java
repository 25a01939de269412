package io.mooring.tenants.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mooring.platform.http.Public;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.problem.RefusedException;
import io.mooring.tenants.Authoriser;
import io.mooring.tenants.TenantsRefusal;
import io.mooring.tenants.Tokens;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Exchanges an API key for a short-lived token (RFC 6749 section 4.4). */
@Public
@Path("/v1/token")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {
  private static final String GRANT_TYPE = "client_credentials";
  private static final String API_KEY = "mk_";

  private final Authoriser authoriser;
  private final Tokens tokens;

  TokenResource(Authoriser authoriser, Tokens tokens) {
    this.authoriser = authoriser;
    this.tokens = tokens;
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public RestResponse<TokenJson> issue(
      String body, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    TokenRequest request = TokenRequest.of(body, authorization);
    if (!request.grantType().equals(GRANT_TYPE)) {
      throw new RefusedException(
          TenantsRefusal.UNSUPPORTED_GRANT_TYPE, "the grant type is not " + GRANT_TYPE);
    }
    Caller caller = client(request);
    Set<Scope> scopes = scopes(caller, request.scope());

    var issued =
        new TokenJson(
            tokens.issue(caller, scopes),
            "Bearer",
            tokens.seconds(),
            scopes.stream().sorted().map(Scope::word).collect(Collectors.joining(" ")));
    return RestResponse.ResponseBuilder.ok(issued).header("Cache-Control", "no-store").build();
  }

  /** Tokens are not exchanged for tokens, nor is the operator's key: only a tenant's API key is. */
  private Caller client(TokenRequest request) {
    if (!request.secret().startsWith(API_KEY)) {
      throw refused();
    }
    Caller caller = authenticated(request.secret());
    boolean named =
        request.clientId().isEmpty()
            || request.clientId().equals(caller.tenant().value())
            || request.clientId().equals(caller.subject());
    if (caller.isOperator() || !named) {
      throw refused();
    }
    return caller;
  }

  private Caller authenticated(String secret) {
    try {
      return authoriser.callerOf(secret);
    } catch (RefusedException e) {
      throw refused();
    }
  }

  private static Set<Scope> scopes(Caller caller, String asked) {
    if (asked.isEmpty()) {
      return caller.scopes();
    }
    return Arrays.stream(asked.split(" "))
        .map(
            word ->
                Scope.ofTenant(word)
                    .filter(caller::may)
                    .orElseThrow(
                        () ->
                            new RefusedException(
                                TenantsRefusal.TOKEN_SCOPE_REFUSED,
                                "the API key lacks a scope that is asked for")))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static RefusedException refused() {
    return new RefusedException(TenantsRefusal.CLIENT_REFUSED, "the client is not known");
  }

  /** The answer of RFC 6749 section 5.1. */
  public record TokenJson(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") String tokenType,
      @JsonProperty("expires_in") int expiresIn,
      String scope) {}
}
