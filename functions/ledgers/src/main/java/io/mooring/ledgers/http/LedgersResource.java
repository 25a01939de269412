package io.mooring.ledgers.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.ledgers.Kind;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerName;
import io.mooring.ledgers.LedgerRefusal;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.ledgers.NewLedger;
import io.mooring.ledgers.Readers;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.http.Once;
import io.mooring.platform.http.Wire;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
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
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tenant's ledgers: made, listed, described, closed. */
@Path("/v1/ledgers")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class LedgersResource {
  private static final String LIST = "ledgers";

  private final LedgerRegister register;
  private final Caller caller;
  private final PageTokens tokens;
  private final Once once;

  LedgersResource(LedgerRegister register, Caller caller, PageTokens tokens, Once once) {
    this.register = register;
    this.caller = caller;
    this.tokens = tokens;
    this.once = once;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@Nullable NewLedgerJson wanted) {
    caller.require(Scope.LEDGERS_WRITE);

    Ledger ledger =
        register.create(
            caller.tenant(), caller.subject(), Wire.body(wanted).checked(), repetition());

    return Response.created(URI.create("/v1/ledgers/" + ledger.id().value()))
        .entity(described(ledger))
        .build();
  }

  @GET
  public byte[] list(
      @QueryParam("perPage") @Nullable String perPage,
      @QueryParam("pageToken") @Nullable String pageToken) {
    caller.require(Scope.LEDGERS_READ);
    PageRequest page = tokens.read(caller.tenant(), LIST, perPage, pageToken);

    List<Ledger> ledgers = register.list(caller.tenant(), page.after(), page.items() + 1);

    boolean more = ledgers.size() > page.items();
    List<Ledger> shown = more ? ledgers.subList(0, page.items()) : ledgers;
    JsonWriter json = new JsonWriter().beginObject().name("items").beginArray();
    shown.forEach(ledger -> json.json(described(ledger)));
    json.endArray();
    if (more) {
      json.name("nextPageToken")
          .string(tokens.issue(caller.tenant(), LIST, shown.getLast().id().value()));
    }
    return json.endObject().toBytes();
  }

  @POST
  @Path("/{ledger}/close")
  public byte[] close(@PathParam("ledger") String idOrName) {
    caller.require(Scope.LEDGERS_WRITE);
    Ledger ledger = register.ofTenant(caller.tenant(), idOrName);
    register.close(ledger, caller.subject(), repetition());
    return described(ledger);
  }

  private Repetition repetition() {
    return once.key(caller.tenant())
        .<Repetition>map(key -> new Repetition.Keyed(key, once.bodyHash(), new byte[0]))
        .orElseGet(Repetition.Free::new);
  }

  private byte[] described(Ledger ledger) {
    return LedgerView.write(ledger, register.shown(ledger), register.isClosed(ledger));
  }

  /** What a client sends to make a ledger; what it leaves out is null. */
  public record NewLedgerJson(
      @Nullable String name,
      @Nullable String kind,
      @Nullable String readers,
      @Nullable Integer retentionDays,
      @Nullable JsonNode evm) {
    NewLedger checked() {
      String kindWord = kind == null ? Kind.LOG.word() : kind;
      String readersWord = readers == null ? Readers.PRIVATE.word() : readers;
      int days = retentionDays == null ? 0 : retentionDays;
      Kind known =
          Kind.of(kindWord)
              .orElseThrow(
                  () ->
                      new RefusedException(
                          LedgerRefusal.LEDGER_KIND_UNKNOWN, "the kinds are: " + Kind.words()));
      if (name == null || !LedgerName.isOne(name)) {
        throw invalid(
            "name is up to 63 of a-z, 0-9, '.' and '-', and begins with a letter or digit");
      }
      if (days < 0 || days > Ledger.RETENTION_DAYS_MAX) {
        throw invalid("retentionDays is 0 to " + Ledger.RETENTION_DAYS_MAX);
      }
      Readers shown =
          Readers.of(readersWord)
              .orElseThrow(() -> invalid("readers is one of: " + Readers.words()));
      if (evm != null && known != Kind.EVM) {
        throw invalid("evm is for ledgers of kind " + Kind.EVM.word());
      }
      String details = evm == null ? "" : evm.toString();
      return new NewLedger(new LedgerName(name), known, shown, days, details);
    }

    private static RefusedException invalid(String reason) {
      return new RefusedException(PlatformRefusal.BODY_INVALID, reason);
    }
  }
}
