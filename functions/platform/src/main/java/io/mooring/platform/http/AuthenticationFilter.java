package io.mooring.platform.http;

import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Bearer;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Credentials;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** Finds out who calls before anything else happens to a request; the HTTP adapter of identity. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class AuthenticationFilter implements ContainerRequestFilter {
  /** A client may say which tenant it believes to be; it is never believed, only compared. */
  public static final String TENANT_HEADER = "Mooring-Tenant";

  // Asked for at the first request: filters are made before the runtime configuration is there.
  private final Instance<Credentials> credentials;
  private final CurrentCaller current;
  private final RateLimits rates;
  private final RoutingContext exchange;

  AuthenticationFilter(
      Instance<Credentials> credentials,
      CurrentCaller current,
      RateLimits rates,
      RoutingContext exchange) {
    this.credentials = credentials;
    this.current = current;
    this.rates = rates;
    this.exchange = exchange;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    RequestLog.noun(exchange, request.getUriInfo().getPath());
    if (PublicFilter.isPublic(request) || AnybodyFilter.isStranger(request)) {
      rates.takeAnonymous(exchange);
      return;
    }

    Caller caller = authenticated(request);
    RequestLog.tenant(exchange, caller.tenant());
    rates.take(caller, exchange);
    refuseAnotherTenant(request, caller.tenant());
    current.is(caller);
  }

  private Caller authenticated(ContainerRequestContext request) {
    try {
      return credentials
          .get()
          .callerOf(
              Bearer.of(request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of())));
    } catch (RefusedException e) {
      // Guessing credentials is slowed down by address; a valid one never waits for others'
      // guesses.
      rates.takeAnonymous(exchange);
      throw e;
    }
  }

  private static void refuseAnotherTenant(ContainerRequestContext request, TenantId tenant) {
    String claimed = request.getHeaderString(TENANT_HEADER);
    if (claimed != null && !claimed.equals(tenant.value())) {
      throw new RefusedException(
          PlatformRefusal.NOT_FOUND, "the credential is not of the tenant that the header names");
    }
  }
}
