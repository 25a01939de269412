package io.mooring.contracts.rpc.http;

import io.mooring.contracts.rpc.Dispatcher;
import io.mooring.contracts.rpc.RpcSession;
import io.mooring.contracts.rpc.Spent;
import io.mooring.platform.http.Anybody;
import io.mooring.platform.http.CostHeader;
import io.mooring.platform.http.CurrentCaller;
import io.mooring.platform.http.Edge;
import io.mooring.platform.http.RawBody;
import io.mooring.platform.http.RequestBody;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A chain's JSON-RPC: what the methods answer is 200, whatever it is. */
@Anybody
@RawBody
@Path("/v1/ledgers/{ledger}/rpc")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class RpcResource {
  private final RpcAccess access;
  private final Dispatcher dispatcher;
  private final CurrentCaller current;
  private final RequestBody body;
  private final RoutingContext exchange;

  RpcResource(
      RpcAccess access,
      Dispatcher dispatcher,
      CurrentCaller current,
      RequestBody body,
      RoutingContext exchange) {
    this.access = access;
    this.dispatcher = dispatcher;
    this.current = current;
    this.body = body;
    this.exchange = exchange;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response answer(@PathParam("ledger") String idOrName) {
    Dispatcher.Request request = dispatcher.read(body.bytes());
    Edge.noun(exchange, request.noun());
    Spent spent = new Spent();
    RpcSession session = access.session(current.ifAny(), idOrName).with(spent);
    byte[] answer = dispatcher.answer(request, session).join();
    Response.ResponseBuilder response =
        answer.length == 0 ? Response.noContent() : Response.ok(answer);
    CostHeader.put(response, spent.charges(), false);
    return response.build();
  }
}
