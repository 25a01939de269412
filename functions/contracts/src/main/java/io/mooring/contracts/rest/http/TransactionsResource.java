package io.mooring.contracts.rest.http;

import io.mooring.contracts.ContractRefusal;
import io.mooring.contracts.chain.Chains;
import io.mooring.contracts.rest.TransactionViews;
import io.mooring.evm.Hash;
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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;

/** What became of a transaction, whoever sent it and by which way. */
@Anybody
@Path("/v1/ledgers/{ledger}/transactions/{hash}")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class TransactionsResource {
  private static final Pattern HASH = Pattern.compile("0x[0-9a-fA-F]{64}");

  private final LedgerRegister register;
  private final Chains chains;
  private final TransactionViews views;
  private final CurrentCaller current;

  TransactionsResource(
      LedgerRegister register, Chains chains, TransactionViews views, CurrentCaller current) {
    this.register = register;
    this.chains = chains;
    this.views = views;
    this.current = current;
  }

  @GET
  public Response one(@PathParam("ledger") String idOrName, @PathParam("hash") String hash) {
    Ledger ledger = register.readable(current.ifAny(), idOrName);
    if (!HASH.matcher(hash).matches()) {
      throw notFound(hash);
    }
    TransactionViews.View view =
        views
            .find(
                current.ifAny().map(Caller::tenant).orElse(ledger.id().tenant()),
                ledger,
                chains.of(ledger),
                Hash.fromHex(hash))
            .orElseThrow(() -> notFound(hash));
    Response.ResponseBuilder response = Response.ok(JsonTree.bytes(view.json()));
    CostHeader.put(response, view.charges(), false);
    return response.build();
  }

  private static RefusedException notFound(String hash) {
    return new RefusedException(
        ContractRefusal.TRANSACTION_NOT_FOUND, "the chain has no transaction " + hash);
  }
}
