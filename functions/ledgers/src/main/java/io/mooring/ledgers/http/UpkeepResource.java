package io.mooring.ledgers.http;

import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerLimit;
import io.mooring.ledgers.LedgerName;
import io.mooring.ledgers.LedgerRefusal;
import io.mooring.ledgers.LedgerRegister;
import io.mooring.ledgers.derived.Damage;
import io.mooring.ledgers.derived.LedgerLogs;
import io.mooring.ledgers.derived.Rebuilder;
import io.mooring.ledgers.derived.ScrubReport;
import io.mooring.ledgers.derived.Scrubber;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Repair;
import io.mooring.platform.commit.RepairReport;
import io.mooring.platform.commit.Sweeper;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.page.PageTokens;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an owner or the operator has done to a ledger: verified, derived again, mended, or swept.
 */
@Path("/v1/ledgers/{ledger}")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class UpkeepResource {
  private static final Duration PART = Duration.ofSeconds(LedgerLimit.UPKEEP_SECONDS.value());

  private final LedgerRegister register;
  private final Scrubber scrubber;
  private final Rebuilder rebuilder;
  private final Repair repair;
  private final LedgerLogs logs;
  private final Sweeper sweeper;
  private final PageTokens tokens;
  private final Caller caller;

  UpkeepResource(
      LedgerRegister register,
      Scrubber scrubber,
      Rebuilder rebuilder,
      Repair repair,
      LedgerLogs logs,
      Sweeper sweeper,
      PageTokens tokens,
      Caller caller) {
    this.register = register;
    this.scrubber = scrubber;
    this.rebuilder = rebuilder;
    this.repair = repair;
    this.logs = logs;
    this.sweeper = sweeper;
    this.tokens = tokens;
    this.caller = caller;
  }

  @POST
  @Path("/scrub")
  public byte[] scrub(
      @PathParam("ledger") String idOrName, @QueryParam("pageToken") @Nullable String pageToken) {
    LedgerId ledger = kept(idOrName).id();
    String list = "scrub\n" + ledger.value();
    String from = tokens.read(caller.tenant(), list, null, pageToken).after();

    ScrubReport report = scrubber.scrub(ledger, from, PART);

    JsonWriter json = new JsonWriter().beginObject();
    json.name("whole").flag(report.isWhole());
    json.name("commits").number(report.commits());
    json.name("ofCommits").number(report.ofCommits());
    json.name("entries").number(report.entries());
    json.name("objects").number(report.objects());
    json.name("damages").beginArray();
    for (Damage damage : report.damages()) {
      json.beginObject();
      json.name("place").string(damage.place());
      json.name("what").string(damage.what());
      json.endObject();
    }
    json.endArray();
    return end(json, list, report.next());
  }

  @POST
  @Path("/rebuild")
  public byte[] rebuild(
      @PathParam("ledger") String idOrName, @QueryParam("pageToken") @Nullable String pageToken) {
    Ledger ledger = kept(idOrName);
    String list = "rebuild\n" + ledger.id().value();
    String from = tokens.read(caller.tenant(), list, null, pageToken).after();

    Rebuilder.Rebuilt rebuilt =
        rebuilder.rebuild(ledger.id(), from.isEmpty() ? 0 : Long.parseLong(from), PART);
    long ofItsKind = rebuilt.next() == 0 ? register.rebuild(ledger) : 0;

    JsonWriter json = new JsonWriter().beginObject();
    json.name("objects").number(rebuilt.objects() + ofItsKind);
    json.name("entries").number(rebuilt.entries());
    json.name("ofEntries").number(rebuilt.ofEntries());
    return end(json, list, rebuilt.next() == 0 ? "" : Long.toString(rebuilt.next()));
  }

  @POST
  @Path("/repair")
  public byte[] repair(
      @PathParam("ledger") String idOrName,
      @QueryParam("tenant") @Nullable String tenant,
      @QueryParam("pageToken") @Nullable String pageToken) {
    LedgerId ledger = restored(idOrName, tenant);
    String list = "repair\n" + ledger.tenant() + "\n" + ledger.value();
    String from = tokens.read(caller.tenant(), list, null, pageToken).after();

    RepairReport report = repair.repair(ledger, from, PART);
    if (report.next().isEmpty()) {
      logs.cutOff(ledger, report.entries());
      register.cutOff(ledger, report.entries());
    }

    JsonWriter json = new JsonWriter().beginObject();
    json.name("commits").number(report.commits());
    json.name("ofCommits").number(report.ofCommits());
    json.name("entries").number(report.entries());
    json.name("mended").beginArray();
    for (RepairReport.Mended mended : report.mended()) {
      json.beginObject();
      json.name("item").string(mended.key().partition() + " " + mended.key().sort());
      json.name("what").string(what(mended));
      json.endObject();
    }
    json.endArray();
    return end(json, list, report.next());
  }

  /**
   * The ledger that is meant, without a write: a journal is registered when it is first asked for,
   * and a commit on a table that is not whole would hide what is to be found.
   */
  private LedgerId restored(String idOrName, @Nullable String tenant) {
    TenantId owner = tenant == null ? caller.tenant() : asOperator(tenant);
    LedgerId journal = LedgerId.journal(owner);
    if (idOrName.equals(LedgerName.JOURNAL.value()) || idOrName.equals(journal.value())) {
      if (!caller.isOperator()) {
        caller.require(Scope.LEDGERS_WRITE);
      }
      return journal;
    }
    return tenant == null ? kept(idOrName).id() : register.ofTenant(owner, idOrName).id();
  }

  /** The tenant that the operator names; nobody else may name one. */
  private TenantId asOperator(String tenant) {
    caller.require(Scope.OPERATOR);
    try {
      return new TenantId(tenant);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(PlatformRefusal.NOT_FOUND, "there is no such tenant");
    }
  }

  private static String what(RepairReport.Mended mended) {
    return mended.commit() == 0
        ? "no commit wrote it, so it is gone"
        : "it is as commit " + mended.commit() + " left it";
  }

  /** With where to go on, if there is more to do. */
  private byte[] end(JsonWriter json, String list, String next) {
    if (!next.isEmpty()) {
      json.name("nextPageToken").string(tokens.issue(caller.tenant(), list, next));
    }
    return json.endObject().toBytes();
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
