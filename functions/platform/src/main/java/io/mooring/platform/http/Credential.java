package io.mooring.platform.http;

import io.mooring.platform.identity.Bearer;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Credentials;
import io.mooring.platform.problem.RefusedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Judges the credential of an exchange that is no request of a resource, as a WebSocket's is. */
@Singleton
public final class Credential {
  private final Instance<Credentials> credentials;
  private final RateLimits rates;

  Credential(Instance<Credentials> credentials, RateLimits rates) {
    this.credentials = credentials;
    this.rates = rates;
  }

  /** The caller, where a credential was sent; counts against the caller's rate. */
  public Optional<Caller> judge(RoutingContext exchange) {
    RequestLog.noun(exchange, exchange.request().path());
    try {
      Optional<Caller> caller = again(exchange);
      caller.ifPresent(who -> RequestLog.tenant(exchange, who.tenant()));
      caller.ifPresentOrElse(who -> rates.take(who, exchange), () -> rates.takeAnonymous(exchange));
      return caller;
    } catch (RefusedException refused) {
      rates.takeAnonymous(exchange);
      throw refused;
    }
  }

  /** The caller as the credential says now, while the exchange goes on. */
  public Optional<Caller> again(RoutingContext exchange) {
    List<String> sent = exchange.request().headers().getAll(HttpHeaders.AUTHORIZATION);
    return sent.isEmpty()
        ? Optional.empty()
        : Optional.of(credentials.get().callerOf(Bearer.of(sent)));
  }
}
