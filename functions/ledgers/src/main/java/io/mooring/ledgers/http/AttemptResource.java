package io.mooring.ledgers.http;

import io.mooring.ledgers.Appends;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.commit.AttemptId;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * An append whose client would not wait: what became of it. That it is under way promises nothing;
 * what never shows up here is sent again under its Idempotency-Key.
 */
@Path("/v1/ledgers/{ledger}/attempts/{attempt}")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class AttemptResource {
  private static final String AFTER_A_SECOND = "1";

  private final LedgerRegister register;
  private final Appends appends;
  private final Caller caller;

  AttemptResource(LedgerRegister register, Appends appends, Caller caller) {
    this.register = register;
    this.appends = appends;
    this.caller = caller;
  }

  /** Tells where to ask for an append that is under way. */
  static Response accepted(Ledger ledger, Outcome.Pending pending) {
    return running(ledger, pending.after() + "-" + pending.attempt());
  }

  @GET
  public Response state(
      @PathParam("ledger") String idOrName, @PathParam("attempt") String attempt) {
    caller.require(Scope.LEDGERS_WRITE);
    Ledger ledger = register.ofTenant(caller.tenant(), idOrName);
    int dash = attempt.indexOf('-');
    if (dash < 0) {
      throw malformed();
    }
    long after = ReadEntriesResource.number("attempt", attempt.substring(0, dash));

    Optional<Receipt> landed = appends.find(ledger, id(attempt.substring(dash + 1)), after);

    if (landed.isEmpty()) {
      return running(ledger, attempt);
    }
    byte[] checkpoint = ReceiptJson.checkpoint(appends.checkpoint(ledger, landed.get()));
    JsonWriter json = new JsonWriter().beginObject().name("running").flag(false).name("result");
    ReceiptJson.write(json, landed.get(), 0, appends.content(landed.get(), 0), checkpoint, true);
    return Response.ok(json.endObject().toBytes()).build();
  }

  private static Response running(Ledger ledger, String attempt) {
    String location = "/v1/ledgers/" + ledger.id().value() + "/attempts/" + attempt;
    byte[] json = new JsonWriter().beginObject().name("running").flag(true).endObject().toBytes();
    return Response.accepted(json)
        .header("Location", location)
        .header("Retry-After", AFTER_A_SECOND)
        .build();
  }

  private static AttemptId id(String hex) {
    try {
      return AttemptId.parse(hex);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static RefusedException malformed() {
    return new RefusedException(
        PlatformRefusal.PARAMETER_INVALID, "an attempt is named as its Location was");
  }
}
