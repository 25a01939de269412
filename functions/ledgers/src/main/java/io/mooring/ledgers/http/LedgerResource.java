package io.mooring.ledgers.http;

import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.ledgers.Reading;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.http.Anybody;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** One ledger: what it is, and that it only grew. */
@Anybody
@Path("/v1/ledgers/{ledger}")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class LedgerResource {
  private final LedgerAccess access;
  private final LedgerRegister register;
  private final Reading reading;

  LedgerResource(LedgerAccess access, LedgerRegister register, Reading reading) {
    this.access = access;
    this.register = register;
    this.reading = reading;
  }

  @GET
  public byte[] describe(@PathParam("ledger") String idOrName) {
    Ledger ledger = access.readable(idOrName);
    return LedgerView.write(ledger, register.shown(ledger), register.isClosed(ledger));
  }

  /**
   * The proof that the log of {@code to} entries, or of all there are, begins with {@code from}.
   */
  @GET
  @Path("/consistency")
  public byte[] consistency(
      @PathParam("ledger") String idOrName,
      @QueryParam("from") @DefaultValue("") String from,
      @QueryParam("to") @DefaultValue("") String to) {
    Ledger ledger = access.readable(idOrName);
    var newest = reading.checkpoint(ledger);
    long first = ReadEntriesResource.number("from", from);
    long second = to.isEmpty() ? newest.checkpoint().size() : ReadEntriesResource.number("to", to);
    if (first > second || second > newest.checkpoint().size()) {
      throw new RefusedException(
          PlatformRefusal.PARAMETER_INVALID,
          "from is at most to, and to at most " + newest.checkpoint().size());
    }
    JsonWriter json = new JsonWriter().beginObject();
    json.name("from").number(first);
    json.name("to").number(second);
    json.name("proof").beginArray();
    reading.consistency(ledger, first, second).path().forEach(json::hash);
    json.endArray();
    json.name("checkpoint").string(newest.encoded());
    return json.endObject().toBytes();
  }
}
