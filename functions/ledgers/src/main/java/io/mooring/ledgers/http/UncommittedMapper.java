package io.mooring.ledgers.http;

import io.mooring.ledgers.UncommittedException;
import io.mooring.platform.http.ProblemMapper;
import io.mooring.platform.http.Writes;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Tells a client what every capability tells it about a write that was not committed. */
@Singleton
public final class UncommittedMapper {
  private final ProblemMapper problems;
  private final Writes writes;

  UncommittedMapper(ProblemMapper problems, Writes writes) {
    this.problems = problems;
    this.writes = writes;
  }

  @ServerExceptionMapper
  public Response uncommitted(UncommittedException uncommitted, RoutingContext exchange) {
    return problems.refused(writes.refusal(uncommitted.outcome()), exchange);
  }
}
