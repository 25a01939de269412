package io.mooring.contracts.rest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.ContractRefusal;
import io.mooring.contracts.abi.Abi;
import io.mooring.contracts.abi.AbiDecoder;
import io.mooring.contracts.abi.AbiEncoder;
import io.mooring.contracts.abi.AbiItem;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.Chains;
import io.mooring.contracts.rest.Calls;
import io.mooring.contracts.rest.KnownContract;
import io.mooring.contracts.rest.KnownContracts;
import io.mooring.contracts.rest.Order;
import io.mooring.contracts.rest.Sends;
import io.mooring.contracts.rest.TransactionViews.View;
import io.mooring.contracts.simulation.CallRequest;
import io.mooring.evm.Address;
import io.mooring.evm.U256;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.platform.http.Anybody;
import io.mooring.platform.http.CostHeader;
import io.mooring.platform.http.CurrentCaller;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** What a described contract can be asked: by calls, which change nothing, and by sends. */
@Path("/v1/ledgers/{ledger}/contracts/{address}")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class MethodsResource {
  private final LedgerRegister register;
  private final Chains chains;
  private final KnownContracts contracts;
  private final Calls calls;
  private final Delivery delivery;
  private final CurrentCaller current;

  MethodsResource(
      LedgerRegister register,
      Chains chains,
      KnownContracts contracts,
      Calls calls,
      Delivery delivery,
      CurrentCaller current) {
    this.register = register;
    this.chains = chains;
    this.contracts = contracts;
    this.calls = calls;
    this.delivery = delivery;
    this.current = current;
  }

  /** Nothing is changed, so that whoever may read the chain may call. */
  @POST
  @Anybody
  @Path("/call/{method}")
  @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
  public byte[] call(
      @PathParam("ledger") String idOrName,
      @PathParam("address") String address,
      @PathParam("method") String method,
      @Nullable CallJson sent) {
    Ledger ledger = register.readable(current.ifAny(), idOrName);
    Chain chain = chains.of(ledger);
    CallJson wanted = sent == null ? CallJson.NOTHING : sent;
    KnownContract contract = contracts.get(chain, Body.inPath(address));
    AbiItem.Function function = contract.function(method);
    byte[] input =
        Body.refusing(() -> AbiEncoder.call(function, Body.arguments(wanted.arguments())));
    U256 value = Body.value(wanted.value());
    Delivery.requirePayable(function.mutability(), value);
    Address from = wanted.sender() == null ? Address.ZERO : Body.address(wanted.sender(), "sender");
    CallRequest request =
        new CallRequest(
            from,
            contract.address(),
            null,
            null,
            null,
            null,
            value,
            null,
            input,
            null,
            null,
            null,
            null);

    Abi abi = contract.abi();
    Calls.Called called =
        calls.call(
            current.ifAny().map(Caller::tenant).orElse(ledger.id().tenant()),
            chain,
            block(chain, wanted.block()),
            request,
            abi);

    ObjectNode answer = JsonTree.object();
    answer.set(
        "result",
        Body.giving(called.output(), () -> AbiDecoder.result(function.outputs(), called.output())));
    answer.put("block", called.block()).put("gasUsed", called.gasUsed());
    return JsonTree.bytes(answer);
  }

  private static ChainBlock block(Chain chain, @Nullable Long number) {
    return number == null
        ? chain.latest()
        : chain
            .block(number)
            .orElseThrow(
                () ->
                    new RefusedException(
                        ContractRefusal.STATE_NOT_KEPT, "there is no block " + number));
  }

  @POST
  @Path("/send/{method}")
  @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
  public Response send(
      @PathParam("ledger") String idOrName,
      @PathParam("address") String address,
      @PathParam("method") String method,
      @Nullable SendJson sent) {
    Delivery.Site site = delivery.site(idOrName);
    SendJson wanted = sent == null ? SendJson.NOTHING : sent;
    KnownContract contract = contracts.get(site.chain(), Body.inPath(address));
    AbiItem.Function function = contract.function(method);
    U256 value = Body.value(wanted.value());
    Delivery.requirePayable(function.mutability(), value);
    Order order =
        new Order(
            delivery.sender(site.caller(), wanted.sender()),
            contract.address(),
            Body.refusing(() -> AbiEncoder.call(function, Body.arguments(wanted.arguments()))),
            value,
            Body.gas(wanted.gas()),
            Body.recentBlock(wanted.recentBlock()),
            contract.abi());

    View view = delivery.deliver(site, order, Sends.Beside.NOTHING);

    if (view.pending()) {
      return delivery.accepted(site, view.json(), view);
    }
    Response.ResponseBuilder response = Response.ok(JsonTree.bytes(view.json()));
    CostHeader.put(response, view.charges(), false);
    return response.build();
  }

  /** What a client sends with a call; what it leaves out is null. */
  public record CallJson(
      @Nullable JsonNode arguments,
      @Nullable String sender,
      @Nullable JsonNode value,
      @Nullable Long block) {
    static final CallJson NOTHING = new CallJson(null, null, null, null);
  }

  /** What a client sends to change something; what it leaves out is null. */
  public record SendJson(
      @Nullable JsonNode arguments,
      @Nullable String sender,
      @Nullable JsonNode value,
      @Nullable Long gas,
      @Nullable String recentBlock) {
    static final SendJson NOTHING = new SendJson(null, null, null, null, null);
  }
}
