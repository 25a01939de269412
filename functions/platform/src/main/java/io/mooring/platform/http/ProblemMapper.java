package io.mooring.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.commit.UnknownVersionException;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.Problem;
import io.mooring.platform.problem.Refusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.StoreUnavailableException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every refusal and every fault of a resource into a problem; nothing inside is shown. */
@Singleton
public final class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final String RETRY_SECONDS = "1";

  @ServerExceptionMapper
  public Response refused(RefusedException refused, RoutingContext exchange) {
    return answer(Problem.of(refused, RequestId.of(exchange)), exchange).build();
  }

  /** What the REST layer refuses by itself: the route, the method, the media types. */
  @ServerExceptionMapper
  public Response refusedByRest(WebApplicationException refused, RoutingContext exchange) {
    if (refused.getCause() instanceof JsonProcessingException unreadable) {
      return bodyInvalid(unreadable, exchange);
    }
    Refusal refusal = Edge.refusalOf(refused.getResponse().getStatus());
    if (refusal == PlatformRefusal.INTERNAL) {
      return fault(refused, exchange);
    }
    return answer(Problem.of(refusal, refusal.title(), RequestId.of(exchange)), exchange).build();
  }

  // Quarkus has a mapper of its own for this very class, so the nearest superclass would not do.
  @ServerExceptionMapper
  public Response mismatched(MismatchedInputException unreadable, RoutingContext exchange) {
    return bodyInvalid(unreadable, exchange);
  }

  @ServerExceptionMapper({StoreUnavailableException.class, BlobsUnavailableException.class})
  public Response unavailable(RuntimeException unavailable, RoutingContext exchange) {
    LOG.warnf(unavailable, "request %s found no store", RequestId.of(exchange));
    Refusal refusal = PlatformRefusal.OVERLOADED;
    return answer(Problem.of(refusal, refusal.title(), RequestId.of(exchange)), exchange).build();
  }

  /** While versions change, an old process meets what a new one wrote; it must say so. */
  @ServerExceptionMapper
  public Response unknown(UnknownVersionException newer, RoutingContext exchange) {
    LOG.errorf(newer, "request %s met a newer version", RequestId.of(exchange));
    Refusal refusal = PlatformRefusal.VERSION_UNKNOWN;
    return answer(Problem.of(refusal, refusal.title(), RequestId.of(exchange)), exchange).build();
  }

  @ServerExceptionMapper
  public Response fault(Throwable fault, RoutingContext exchange) {
    LOG.errorf(fault, "request %s failed", RequestId.of(exchange));
    Refusal refusal = PlatformRefusal.INTERNAL;
    return answer(Problem.of(refusal, refusal.title(), RequestId.of(exchange)), exchange).build();
  }

  private static Response bodyInvalid(JsonProcessingException unreadable, RoutingContext exchange) {
    Refusal refusal = PlatformRefusal.BODY_INVALID;
    return answer(Problem.of(refusal, describe(unreadable), RequestId.of(exchange)), exchange)
        .build();
  }

  private static String describe(JsonProcessingException unreadable) {
    if (!(unreadable instanceof JsonMappingException mapping)) {
      return "the body cannot be read";
    }
    String member =
        mapping.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .collect(Collectors.joining("."));
    return mapping instanceof UnrecognizedPropertyException
        ? "there is no member " + member
        : "the member " + member + " is not of its type";
  }

  private static Response.ResponseBuilder answer(Problem problem, RoutingContext exchange) {
    RequestLog.refusal(exchange, problem.refusal());
    Response.ResponseBuilder answer =
        Response.status(problem.refusal().status())
            .type(Problem.MEDIA_TYPE)
            .entity(problem.toJson());
    if (problem.refusal().status() == 401) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    if (problem.refusal().retryable() && !exchange.response().headers().contains("Retry-After")) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    return answer;
  }
}
