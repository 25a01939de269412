package io.mooring.contracts.rest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.ContractRefusal;
import io.mooring.contracts.abi.Abi;
import io.mooring.contracts.abi.AbiEncoder;
import io.mooring.contracts.abi.AbiItem;
import io.mooring.contracts.abi.AbiItem.Mutability;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.Chains;
import io.mooring.contracts.rest.Descriptions;
import io.mooring.contracts.rest.KnownContract;
import io.mooring.contracts.rest.KnownContracts;
import io.mooring.contracts.rest.Order;
import io.mooring.contracts.rest.RestLimit;
import io.mooring.contracts.rest.Senders;
import io.mooring.contracts.rest.TransactionViews;
import io.mooring.contracts.simulation.Checksum;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.platform.http.Anybody;
import io.mooring.platform.http.CostHeader;
import io.mooring.platform.http.CurrentCaller;
import io.mooring.platform.http.Wire;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.page.PageTokens;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The contracts of one chain: made, described, listed. */
@Path("/v1/ledgers/{ledger}/contracts")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ContractsResource {
  private final LedgerRegister register;
  private final Chains chains;
  private final KnownContracts contracts;
  private final Descriptions descriptions;
  private final Senders senders;
  private final Delivery delivery;
  private final CurrentCaller current;
  private final PageTokens tokens;

  ContractsResource(
      LedgerRegister register,
      Chains chains,
      KnownContracts contracts,
      Descriptions descriptions,
      Senders senders,
      Delivery delivery,
      CurrentCaller current,
      PageTokens tokens) {
    this.register = register;
    this.chains = chains;
    this.contracts = contracts;
    this.descriptions = descriptions;
    this.senders = senders;
    this.delivery = delivery;
    this.current = current;
    this.tokens = tokens;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response make(@PathParam("ledger") String idOrName, @Nullable NewContractJson sent) {
    Delivery.Site site = delivery.site(idOrName);
    NewContractJson wanted = Wire.body(sent);
    byte[] abiJson = JsonTree.bytes(Wire.required(wanted.abi(), "abi"));
    if (abiJson.length > RestLimit.CONTRACT_ABI_BYTES_MAX.value()) {
      throw new RefusedException(
          ContractRefusal.ABI_INVALID,
          "abi has at most " + RestLimit.CONTRACT_ABI_BYTES_MAX.value() + " bytes");
    }
    Abi abi = Body.refusing(() -> Abi.parse(JsonTree.parse(abiJson)));
    String name =
        wanted.name() == null
            ? ""
            : Wire.text(wanted.name(), "name", RestLimit.CONTRACT_NAME_CHARACTERS_MAX.value());
    if (wanted.address() != null && wanted.bytecode() != null) {
      throw new RefusedException(
          PlatformRefusal.BODY_INVALID,
          "there is bytecode to make one, or address to describe one");
    }
    return wanted.address() == null
        ? make(site, wanted, name, abiJson, abi)
        : describe(site, Body.address(wanted.address(), "address"), name, abiJson);
  }

  private Response make(
      Delivery.Site site, NewContractJson wanted, String name, byte[] abiJson, Abi abi) {
    Caller caller = site.caller();
    byte[] code = Body.bytes(Wire.required(wanted.bytecode(), "bytecode"), "bytecode");
    Delivery.requirePayable(abi.constructor().mutability(), Body.value(wanted.value()));
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes(code);
    input.writeBytes(
        Body.refusing(
            () ->
                AbiEncoder.encode(abi.constructor().inputs(), Body.arguments(wanted.arguments()))));
    Order order =
        new Order(
            delivery.sender(caller, wanted.sender()),
            null,
            input.toByteArray(),
            Body.value(wanted.value()),
            Body.gas(wanted.gas()),
            Body.recentBlock(wanted.recentBlock()),
            abi);
    TransactionViews.View view =
        delivery.deliver(
            site, order, descriptions.ofNew(site.chain(), order.sender(), name, abiJson));
    ObjectNode answer = JsonTree.object();
    if (view.pending()) {
      answer.set("transaction", view.json());
      return delivery.accepted(site, answer, view);
    }
    Address address =
        Address.fromHex(view.json().get("contract").asText().toLowerCase(Locale.ROOT));
    KnownContract made = contracts.get(site.chain(), address);
    describe(answer, made);
    answer.set("transaction", view.json());
    Response.ResponseBuilder response =
        Response.created(URI.create(delivery.path(site, "contracts/" + Checksum.of(address))))
            .entity(JsonTree.bytes(answer));
    CostHeader.put(response, view.charges(), false);
    return response.build();
  }

  private Response describe(Delivery.Site site, Address address, String name, byte[] abiJson) {
    Chain chain = site.chain();
    var account = chain.state(chain.latest().number()).source().account(address);
    if (account.filter(it -> !it.codeHash().equals(Hash.OF_NOTHING)).isEmpty()) {
      throw new RefusedException(
          ContractRefusal.CONTRACT_NOT_FOUND, "there is no code at " + Checksum.of(address));
    }
    KnownContract described =
        descriptions.describe(site.caller(), chain, address, name, abiJson, delivery.repetition());
    ObjectNode answer = JsonTree.object();
    describe(answer, described);
    return Response.created(URI.create(delivery.path(site, "contracts/" + Checksum.of(address))))
        .entity(JsonTree.bytes(answer))
        .build();
  }

  @GET
  @Anybody
  public byte[] list(
      @PathParam("ledger") String idOrName,
      @QueryParam("perPage") @Nullable String perPage,
      @QueryParam("pageToken") @Nullable String pageToken) {
    Ledger ledger = register.readable(current.ifAny(), idOrName);
    Chain chain = chains.of(ledger);
    String list = "contracts\n" + ledger.id().value();
    PageRequest page = tokens.read(ledger.id().tenant(), list, perPage, pageToken);

    KnownContracts.Slice slice = contracts.list(chain, page.after(), page.items());

    ObjectNode answer = JsonTree.object();
    ArrayNode items = answer.putArray("items");
    slice.contracts().forEach(contract -> brief(items.addObject(), contract));
    if (slice.more()) {
      answer.put("nextPageToken", tokens.issue(ledger.id().tenant(), list, slice.last()));
    }
    return JsonTree.bytes(answer);
  }

  @GET
  @Anybody
  @Path("/{address}")
  public byte[] one(@PathParam("ledger") String idOrName, @PathParam("address") String address) {
    Ledger ledger = register.readable(current.ifAny(), idOrName);
    ObjectNode answer = JsonTree.object();
    describe(answer, contracts.get(chains.of(ledger), Body.inPath(address)));
    return JsonTree.bytes(answer);
  }

  private static ObjectNode brief(ObjectNode json, KnownContract contract) {
    json.put("address", Checksum.of(contract.address()));
    if (!contract.name().isEmpty()) {
      json.put("name", contract.name());
    }
    Optional.of(contract.maker())
        .filter(maker -> !maker.equals(KnownContract.ELSEWHERE))
        .ifPresent(maker -> json.put("madeBy", maker.toString()));
    return json.put("since", contract.sinceMillis());
  }

  private static void describe(ObjectNode json, KnownContract contract) {
    brief(json, contract);
    Abi abi = contract.abi();
    ArrayNode methods = json.putArray("methods");
    for (AbiItem.Function function : abi.functions()) {
      Mutability mutability = function.mutability();
      methods
          .addObject()
          .put("signature", function.signature())
          .put("by", mutability.reads() ? "call" : "send")
          .put("payable", mutability == Mutability.PAYABLE);
    }
    ArrayNode events = json.putArray("events");
    abi.events().forEach(event -> events.add(event.signature()));
    ArrayNode errors = json.putArray("errors");
    abi.errors().forEach(error -> errors.add(error.signature()));
    json.set("abi", JsonTree.parse(contract.abiJson()));
  }

  /** What a client sends to make a contract, or to describe one; what it leaves out is null. */
  public record NewContractJson(
      @Nullable String name,
      @Nullable String bytecode,
      @Nullable String address,
      @Nullable JsonNode abi,
      @Nullable JsonNode arguments,
      @Nullable String sender,
      @Nullable JsonNode value,
      @Nullable Long gas,
      @Nullable String recentBlock) {}
}
