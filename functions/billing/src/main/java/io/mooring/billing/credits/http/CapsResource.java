package io.mooring.billing.credits.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Asset;
import io.mooring.billing.Cap;
import io.mooring.billing.credits.CapSheet;
import io.mooring.billing.credits.Caps;
import io.mooring.billing.credits.Settled;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.http.Answer;
import io.mooring.platform.http.Once;
import io.mooring.platform.http.Versions;
import io.mooring.platform.http.Wire;
import io.mooring.platform.http.Writes;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.page.PageTokens;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The spending caps of the caller's tenant: of itself, its ledgers, keys, members and devices. */
@Path("/v1/credits/caps")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CapsResource {
  private static final String LIST = "credits/caps";
  private static final Pattern SUBJECT = Pattern.compile("tenant|[a-z]{2,8}_[A-Za-z0-9]{1,64}");

  private final Caller caller;
  private final Caps caps;
  private final Committer committer;
  private final Writes writes;
  private final Once once;
  private final Versions versions;
  private final PageTokens pages;
  private final InstantSource clock;

  CapsResource(
      Caller caller,
      Caps caps,
      Committer committer,
      Writes writes,
      Once once,
      Versions versions,
      PageTokens pages,
      InstantSource clock) {
    this.caller = caller;
    this.caps = caps;
    this.committer = committer;
    this.writes = writes;
    this.once = once;
    this.versions = versions;
    this.pages = pages;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(@Nullable NewCapsJson sent) {
    caller.require(Scope.CREDITS_WRITE);
    NewCapsJson json = Wire.body(sent);
    String of = Wire.required(json.of(), "of");
    if (!SUBJECT.matcher(of).matches()) {
      throw invalid("of is tenant, or the id of a ledger or of whoever has a credential");
    }
    var sheet = new CapSheet(of, lines(json.limits()));
    Function<CapSheet, Answer> answer =
        made ->
            Answer.created("/v1/credits/caps/" + Caps.id(caller.tenant(), of), text(id(of), made));

    return settled(
        caps.add(committer, Asking.by(caller, once, answer), caller.tenant(), sheet), answer);
  }

  @GET
  public Response list(
      @QueryParam("perPage") @Nullable String perPage,
      @QueryParam("pageToken") @Nullable String pageToken) {
    caller.require(Scope.CREDITS_READ);
    PageRequest page = pages.read(caller.tenant(), LIST, perPage, pageToken);
    Caps.Listed listed = caps.all(caller.tenant(), page);

    ObjectNode body = JsonTree.object();
    ArrayNode items = body.putArray("items");
    listed.caps().forEach(cap -> items.add(json(cap.id(), cap.sheet())));
    return CreditsResource.paged(pages, caller.tenant(), LIST, page, listed.next(), body);
  }

  @GET
  @Path("/{cap}")
  public Response get(@PathParam("cap") String id) {
    caller.require(Scope.CREDITS_READ);
    Caps.Stored stored =
        caps.find(caller.tenant(), id)
            .orElseThrow(
                () -> new RefusedException(PlatformRefusal.NOT_FOUND, "there is no such thing"));
    return Response.ok(json(stored.id(), stored.sheet()))
        .tag(Versions.tag(stored.version()))
        .build();
  }

  @PUT
  @Path("/{cap}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response replace(@PathParam("cap") String id, @Nullable LimitsJson sent) {
    caller.require(Scope.CREDITS_WRITE);
    List<CapSheet.Line> lines = lines(Wire.body(sent).limits());
    Function<CapSheet, Answer> answer = made -> Answer.ok(text(id, made));

    return settled(
        caps.replace(
            committer,
            Asking.by(caller, once, answer),
            caller.tenant(),
            id,
            lines,
            versions::conditionOf),
        answer);
  }

  @DELETE
  @Path("/{cap}")
  public Response remove(@PathParam("cap") String id) {
    caller.require(Scope.CREDITS_WRITE);
    Function<CapSheet, Answer> answer = gone -> Answer.noContent();

    return settled(
        caps.remove(
            committer, Asking.by(caller, once, answer), caller.tenant(), id, versions::conditionOf),
        answer);
  }

  private Response settled(Settled<CapSheet> settled, Function<CapSheet, Answer> answer) {
    return switch (settled) {
      case Settled.Done<CapSheet> done ->
          writes.answer(new Outcome.Won(done.receipt()), answer.apply(done.made()));
      case Settled.Unchanged<CapSheet>(Outcome outcome) ->
          writes.answer(outcome, Answer.noContent());
      case Settled.Declined<CapSheet> declined ->
          throw new IllegalStateException("a cap is not declined for " + declined.reason());
    };
  }

  private static List<CapSheet.Line> lines(@Nullable List<LimitJson> sent) {
    List<LimitJson> limits = Wire.required(sent, "limits");
    if (limits.isEmpty() || limits.size() > CapSheet.LINES_MAX) {
      throw invalid("limits has 1 to " + CapSheet.LINES_MAX + " members");
    }
    List<CapSheet.Line> lines = new ArrayList<>();
    for (LimitJson limit : limits) {
      Asset asset = CreditsResource.asset(Wire.required(limit.asset(), "asset"));
      String amount = Wire.required(limit.amount(), "amount");
      long units = amount.equals("0") ? 0 : CreditsResource.amount(asset, amount).units();
      Cap cap = new Cap(period(Wire.required(limit.period(), "period")), units);
      lines.add(new CapSheet.Line(asset, cap, Cap.Taken.NOTHING));
    }
    try {
      return new CapSheet(CapSheet.TENANT, lines).lines();
    } catch (IllegalArgumentException e) {
      throw invalid("limits name each asset and period once");
    }
  }

  private static Cap.Period period(String word) {
    return Arrays.stream(Cap.Period.values())
        .filter(period -> CapSheet.word(period).equals(word))
        .findFirst()
        .orElseThrow(() -> invalid("period is day, month or ever"));
  }

  private static RefusedException invalid(String detail) {
    return new RefusedException(PlatformRefusal.BODY_INVALID, detail);
  }

  private String id(String of) {
    return Caps.id(caller.tenant(), of);
  }

  private String text(String id, CapSheet sheet) {
    return JsonTree.text(json(id, sheet));
  }

  private ObjectNode json(String id, CapSheet sheet) {
    ObjectNode json = JsonTree.object().put("id", id).put("of", sheet.of());
    ArrayNode limits = json.putArray("limits");
    long now = clock.millis();
    for (CapSheet.Line line : sheet.lines()) {
      long taken = line.cap().takenNow(line.taken(), now);
      limits
          .addObject()
          .put("asset", line.asset().name())
          .put("period", CapSheet.word(line.cap().period()))
          .put("amount", Long.toString(line.cap().units()))
          .put("taken", Long.toString(taken));
    }
    return json;
  }

  /** The caps of a subject that has none. */
  public record NewCapsJson(@Nullable String of, @Nullable List<LimitJson> limits) {}

  /** The caps of a subject. */
  public record LimitsJson(@Nullable List<LimitJson> limits) {}

  /** One cap. */
  public record LimitJson(
      @Nullable String asset, @Nullable String period, @Nullable String amount) {}
}
