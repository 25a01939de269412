package io.mooring.ledgers.http;

import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRefusal;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.ledgers.derived.Damage;
import io.mooring.ledgers.derived.LedgerLogs;
import io.mooring.ledgers.derived.ScrubReport;
import io.mooring.ledgers.derived.Scrubber;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.commit.Sweeper;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What an owner or the operator has done to a ledger: verified, derived again, or swept. */
@Path("/v1/ledgers/{ledger}")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class UpkeepResource {
  private final LedgerRegister register;
  private final LedgerLogs logs;
  private final Scrubber scrubber;
  private final Sweeper sweeper;
  private final Caller caller;

  UpkeepResource(
      LedgerRegister register, LedgerLogs logs, Scrubber scrubber, Sweeper sweeper, Caller caller) {
    this.sweeper = sweeper;
    this.register = register;
    this.logs = logs;
    this.scrubber = scrubber;
    this.caller = caller;
  }

  @POST
  @Path("/scrub")
  public byte[] scrub(@PathParam("ledger") String idOrName) {
    ScrubReport report = scrubber.scrub(kept(idOrName).id());
    JsonWriter json = new JsonWriter().beginObject();
    json.name("whole").flag(report.isWhole());
    json.name("commits").number(report.commits());
    json.name("entries").number(report.entries());
    json.name("objects").number(report.objects());
    json.name("damages").beginArray();
    for (Damage damage : report.damages()) {
      json.beginObject();
      json.name("place").string(damage.place());
      json.name("what").string(damage.what());
      json.endObject();
    }
    return json.endArray().endObject().toBytes();
  }

  @POST
  @Path("/rebuild")
  public byte[] rebuild(@PathParam("ledger") String idOrName) {
    long objects = logs.of(kept(idOrName).id()).rebuild();
    return new JsonWriter().beginObject().name("objects").number(objects).endObject().toBytes();
  }

  @POST
  @Path("/sweep")
  public byte[] sweep(@PathParam("ledger") String idOrName) {
    Sweeper.Swept swept = sweeper.sweep(kept(idOrName).id());
    JsonWriter json = new JsonWriter().beginObject();
    json.name("judged").number(swept.judged());
    json.name("deleted").number(swept.deleted());
    return json.endObject().toBytes();
  }

  private Ledger kept(String idOrName) {
    if (caller.isOperator()) {
      return register
          .ofAnyone(idOrName)
          .orElseThrow(
              () -> new RefusedException(LedgerRefusal.LEDGER_NOT_FOUND, "no ledger of that id"));
    }
    caller.require(Scope.LEDGERS_WRITE);
    return register.ofTenant(caller.tenant(), idOrName);
  }
}
