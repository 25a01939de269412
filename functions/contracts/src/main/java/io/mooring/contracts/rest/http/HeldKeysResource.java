package io.mooring.contracts.rest.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.SealedKeys;
import io.mooring.contracts.simulation.Checksum;
import io.mooring.evm.Address;
import io.mooring.platform.http.Answer;
import io.mooring.platform.http.Writes;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.page.PageTokens;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that the platform holds for the caller's tenant; nobody is ever shown one. */
@Path("/v1/held-keys")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class HeldKeysResource {
  private static final String LIST = "held-keys";

  private final SealedKeys keys;
  private final Writes writes;
  private final Caller caller;
  private final PageTokens tokens;

  HeldKeysResource(SealedKeys keys, Writes writes, Caller caller, PageTokens tokens) {
    this.keys = keys;
    this.writes = writes;
    this.caller = caller;
    this.tokens = tokens;
  }

  @POST
  public Response make() {
    caller.require(Scope.CONTRACTS_WRITE);
    SealedKeys.NewKey made = keys.make(caller.tenant(), caller.subject());
    String json = JsonTree.text(JsonTree.object().put("address", Checksum.of(made.address())));
    return writes.commit(caller, made.write(), Answer.created("", json));
  }

  @GET
  public byte[] list(
      @QueryParam("perPage") @Nullable String perPage,
      @QueryParam("pageToken") @Nullable String pageToken) {
    caller.require(Scope.CONTRACTS_READ);
    PageRequest page = tokens.read(caller.tenant(), LIST, perPage, pageToken);
    List<Address> all = keys.addresses(caller.tenant());
    int from = page.after().isEmpty() ? 0 : Integer.parseInt(page.after());
    int to = Math.min(all.size(), from + page.items());

    ObjectNode answer = JsonTree.object();
    ArrayNode items = answer.putArray("items");
    all.subList(Math.min(from, to), to)
        .forEach(address -> items.addObject().put("address", Checksum.of(address)));
    if (to < all.size()) {
      answer.put("nextPageToken", tokens.issue(caller.tenant(), LIST, Integer.toString(to)));
    }
    return JsonTree.bytes(answer);
  }
}
