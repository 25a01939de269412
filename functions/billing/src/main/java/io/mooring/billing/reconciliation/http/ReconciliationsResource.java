package io.mooring.billing.reconciliation.http;

import io.mooring.billing.Asset;
import io.mooring.billing.Purse;
import io.mooring.billing.credits.BillingRefusal;
import io.mooring.billing.credits.Settled;
import io.mooring.billing.credits.http.Asking;
import io.mooring.billing.proofs.Proofs;
import io.mooring.billing.reconciliation.Reconciler;
import io.mooring.billing.reconciliation.Report;
import io.mooring.billing.statements.Tallies;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.http.Answer;
import io.mooring.platform.http.Once;
import io.mooring.platform.http.Wire;
import io.mooring.platform.http.Writes;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For the operator: does a tenant's credit add up, and let it spend again once it was looked at.
 */
@Path("/v1/reconciliations")
@RequestScoped
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ReconciliationsResource {
  private static final int WHY_CHARACTERS_MAX = 500;

  private final Caller caller;
  private final Proofs proofs;
  private final Tallies tallies;
  private final Reconciler reconciler;
  private final CommitStore commits;
  private final Writes writes;
  private final Once once;

  ReconciliationsResource(
      Caller caller,
      Proofs proofs,
      Tallies tallies,
      Reconciler reconciler,
      CommitStore commits,
      Writes writes,
      Once once) {
    this.caller = caller;
    this.proofs = proofs;
    this.tallies = tallies;
    this.reconciler = reconciler;
    this.commits = commits;
    this.writes = writes;
    this.once = once;
  }

  /** Tells and replays all that was charged up to now; a mismatch freezes the tenant's credits. */
  @POST
  public ReportJson reconcile(@Nullable TenantJson sent) {
    caller.require(Scope.OPERATOR);
    TenantId tenant = tenant(Wire.body(sent).tenant());
    proofs.charge();
    tallies.tell(tenant, Tallies.Due.ALL);
    return ReportJson.of(reconciler.reconcile(tenant));
  }

  @POST
  @Path("/unfreeze")
  public Response unfreeze(@Nullable UnfreezeJson sent) {
    caller.require(Scope.OPERATOR);
    UnfreezeJson json = Wire.body(sent);
    TenantId tenant = tenant(json.tenant());
    Asset asset = asset(Wire.required(json.asset(), "asset"));
    String why = Wire.text(json.why(), "why", WHY_CHARACTERS_MAX);
    Answer answer = Answer.noContent();

    Settled<Purse> settled =
        reconciler.unfreeze(Asking.by(caller, once, purse -> answer), tenant, asset, why);

    return switch (settled) {
      case Settled.Done<Purse> done -> writes.answer(new Outcome.Won(done.receipt()), answer);
      case Settled.Unchanged<Purse>(Outcome outcome) -> writes.answer(outcome, answer);
      case Settled.Declined<Purse> declined ->
          throw new IllegalStateException("a thaw is not declined for " + declined.reason());
    };
  }

  private TenantId tenant(@Nullable String id) {
    try {
      var tenant = new TenantId(Wire.required(id, "tenant"));
      if (commits.tip(LedgerId.journal(tenant)).isPresent()) {
        return tenant;
      }
    } catch (IllegalArgumentException e) {
      throw notFound();
    }
    throw notFound();
  }

  private static Asset asset(String name) {
    for (Asset asset : Asset.values()) {
      if (asset.name().equals(name)) {
        return asset;
      }
    }
    throw new RefusedException(BillingRefusal.ASSET_UNKNOWN, "there is no asset of that name");
  }

  private static RefusedException notFound() {
    return new RefusedException(PlatformRefusal.NOT_FOUND, "there is no such tenant");
  }

  /** Which tenant. */
  public record TenantJson(@Nullable String tenant) {}

  /** Which purse of which tenant, and why. */
  public record UnfreezeJson(
      @Nullable String tenant, @Nullable String asset, @Nullable String why) {}

  /** What was found. */
  public record ReportJson(
      String tenant, boolean addsUp, long commit, long postings, List<MismatchJson> mismatches) {
    static ReportJson of(Report report) {
      return new ReportJson(
          report.tenant().value(),
          report.addsUp(),
          report.commit(),
          report.postings(),
          report.mismatches().stream()
              .map(
                  found ->
                      new MismatchJson(
                          found.asset().name(),
                          found.what(),
                          Long.toString(found.stored()),
                          Long.toString(found.replayed())))
              .toList());
    }
  }

  /** One thing that does not add up. */
  public record MismatchJson(String asset, String what, String stored, String replayed) {}
}
