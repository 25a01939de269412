package io.mooring.billing.credits.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Charge;
import io.mooring.billing.Meter;
import io.mooring.billing.Price;
import io.mooring.billing.PriceList;
import io.mooring.billing.Purchase;
import io.mooring.billing.credits.Asked;
import io.mooring.billing.credits.BillingRefusal;
import io.mooring.billing.credits.Credits;
import io.mooring.billing.credits.Escrows;
import io.mooring.billing.credits.Gathering;
import io.mooring.billing.credits.Purses;
import io.mooring.billing.credits.Settled;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.http.Answer;
import io.mooring.platform.http.Once;
import io.mooring.platform.http.Wire;
import io.mooring.platform.http.Writes;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Plans;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.page.PageTokens;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has, what moved, what something would cost; and the operator's way to add to it.
 */
@Path("/v1/credits")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CreditsResource {
  private static final String LIST = "credits/postings";
  private static final int USAGES_MAX = Meter.values().length;
  private static final int ID_DIGITS = 26;
  private static final String TOP_UP = "top_";
  private static final Pattern TOP_UP_ID = Pattern.compile(TOP_UP + "[0-9a-f]{1,64}");

  private final Caller caller;
  private final Credits credits;
  private final Gathering gathering;
  private final Escrows escrows;
  private final Plans plans;
  private final Writes writes;
  private final Once once;
  private final PageTokens pages;
  private final InstantSource clock;

  CreditsResource(
      Caller caller,
      Credits credits,
      Gathering gathering,
      Escrows escrows,
      Plans plans,
      Writes writes,
      Once once,
      PageTokens pages,
      InstantSource clock) {
    this.caller = caller;
    this.credits = credits;
    this.gathering = gathering;
    this.escrows = escrows;
    this.plans = plans;
    this.writes = writes;
    this.once = once;
    this.pages = pages;
    this.clock = clock;
  }

  @GET
  public BalancesJson balances() {
    caller.require(Scope.CREDITS_READ);
    Map<Asset, Long> available = escrows.available(caller.tenant());
    Map<Asset, Long> held = escrows.held(caller.tenant());
    return new BalancesJson(
        Arrays.stream(Asset.values())
            .map(
                asset ->
                    new BalanceJson(
                        asset.name(),
                        Long.toString(available.getOrDefault(asset, 0L)),
                        Long.toString(held.getOrDefault(asset, 0L))))
            .toList());
  }

  @POST
  @Path("/topups")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response topUp(@Nullable TopUpJson sent) {
    caller.require(Scope.OPERATOR);
    TopUpJson json = Wire.body(sent);
    TenantId tenant = tenant(Wire.required(json.tenant(), "tenant"));
    Amount amount =
        amount(asset(Wire.required(json.asset(), "asset")), Wire.required(json.amount(), "amount"));
    IdempotencyKey key = once.required(caller.tenant());
    // The key makes the purchase's id, so a repetition is one even when its answer is forgotten.
    String id = TOP_UP + key.hash().toString().substring(0, ID_DIGITS);
    Function<Purchase, Answer> answer =
        made -> Answer.created("/v1/credits/postings", json(id, tenant, amount));

    return settled(credits.topUp(Asking.by(caller, once, answer), tenant, id, amount), answer);
  }

  private Response settled(Settled<Purchase> settled, Function<Purchase, Answer> answer) {
    return switch (settled) {
      case Settled.Done<Purchase> done ->
          writes.answer(new Outcome.Won(done.receipt()), answer.apply(done.made()));
      case Settled.Unchanged<Purchase>(Outcome outcome) ->
          writes.answer(outcome, Answer.noContent());
      case Settled.Declined<Purchase> declined -> throw Declines.refused(declined);
    };
  }

  /** What was topped up goes back; what a bank takes back of it, though it is spent. */
  @POST
  @Path("/refunds")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response refund(@Nullable RefundJson sent) {
    caller.require(Scope.OPERATOR);
    RefundJson json = Wire.body(sent);
    TenantId tenant = tenant(Wire.required(json.tenant(), "tenant"));
    String name = Wire.required(json.purchase(), "purchase");
    // What a payment provider tells of is brought to what it tells, and to nothing else.
    Purchase purchase =
        Optional.of(name)
            .filter(top -> TOP_UP_ID.matcher(top).matches())
            .flatMap(top -> credits.purchase(tenant, top))
            .orElseThrow(CreditsResource::noTopUp);
    Amount amount = amount(purchase.asset(), Wire.required(json.amount(), "amount"));
    String id = "ref_" + once.required(caller.tenant()).hash().toString().substring(0, ID_DIGITS);
    Function<Purchase, Answer> answer =
        made -> Answer.created("/v1/credits/postings", json(id, tenant, made, amount.units()));
    Asked<Purchase> asked = Asking.by(caller, once, answer);

    Settled<Purchase> settled =
        Boolean.TRUE.equals(json.chargeback())
            ? credits.chargeback(asked, tenant, id, name, amount.units())
            : gathering.refund(asked, tenant, id, name, amount);

    return settled(settled, answer);
  }

  @GET
  @Path("/postings")
  public Response postings(
      @QueryParam("perPage") @Nullable String perPage,
      @QueryParam("pageToken") @Nullable String pageToken) {
    caller.require(Scope.CREDITS_READ);
    PageRequest page = pages.read(caller.tenant(), LIST, perPage, pageToken);
    Credits.Posted posted = credits.posted(caller.tenant(), page);

    ObjectNode body = JsonTree.object();
    ArrayNode items = body.putArray("items");
    posted.changes().forEach(change -> items.add(wire(change)));
    return paged(pages, caller.tenant(), LIST, page, posted.next(), body);
  }

  /** A page, and where the next one is, if there is one. */
  static Response paged(
      PageTokens pages,
      TenantId tenant,
      String list,
      PageRequest page,
      String after,
      ObjectNode body) {
    Response.ResponseBuilder answer = Response.ok();
    if (!after.isEmpty()) {
      String token = pages.issue(tenant, list, after);
      body.put("nextPageToken", token);
      String next = "</v1/" + list + "?perPage=" + page.items() + "&pageToken=" + token + ">";
      answer.header("Link", next + "; rel=\"next\"");
    }
    return answer.entity(JsonTree.text(body)).build();
  }

  @GET
  @Path("/alerts")
  public AlertsJson alerts() {
    caller.require(Scope.CREDITS_READ);
    return AlertsJson.of(credits.purses(caller.tenant()));
  }

  /** Whoever reads the journal is told when less than so much is left. */
  @PUT
  @Path("/alerts")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response alert(@Nullable AlertsJson sent) {
    caller.require(Scope.CREDITS_WRITE);
    Map<Asset, Long> low = new EnumMap<>(Asset.class);
    for (AlertJson alert : Wire.required(Wire.body(sent).alerts(), "alerts")) {
      Asset asset = asset(Wire.required(alert.asset(), "asset"));
      if (low.put(asset, amount(asset, Wire.required(alert.below(), "below")).units()) != null) {
        throw invalid("alerts name each asset once");
      }
    }
    Function<Purses, Answer> answer = set -> Answer.ok(AlertsJson.of(set).text());
    Settled<Purses> settled =
        credits.tellBelow(Asking.by(caller, once, answer), caller.tenant(), low);
    return switch (settled) {
      case Settled.Done<Purses> done ->
          writes.answer(new Outcome.Won(done.receipt()), answer.apply(done.made()));
      case Settled.Unchanged<Purses>(Outcome outcome) -> writes.answer(outcome, Answer.noContent());
      case Settled.Declined<Purses> declined ->
          throw new IllegalStateException("an alert is not declined for " + declined.reason());
    };
  }

  /** What usages would cost the caller now. It binds nobody: the price is that of the commit. */
  @POST
  @Path("/estimate")
  @Consumes(MediaType.APPLICATION_JSON)
  public EstimateJson estimate(@Nullable UsagesJson sent) {
    caller.require(Scope.CREDITS_READ);
    List<UsageJson> usages = Wire.required(Wire.body(sent).usages(), "usages");
    if (usages.isEmpty() || usages.size() > USAGES_MAX) {
      throw invalid("usages has 1 to " + USAGES_MAX + " members");
    }
    PriceList prices = escrows.prices(caller.tenant(), clock.millis());
    List<ChargeJson> charges = new ArrayList<>();
    long cpc = 0;
    long itc = 0;
    for (UsageJson usage : usages) {
      Charge charge = charge(prices, usage);
      charges.add(
          new ChargeJson(
              charge.meter().wireName(),
              Long.toString(charge.quantity()),
              charge.meter().asset().name(),
              Long.toString(charge.units())));
      switch (charge.meter().asset()) {
        case CPC -> cpc = sum(cpc, charge.units());
        case ITC -> itc = sum(itc, charge.units());
      }
    }
    return new EstimateJson(Long.toString(cpc), Long.toString(itc), prices.version(), charges);
  }

  private static long sum(long units, long more) {
    if (more > Amount.UNITS_MAX - units) {
      throw new RefusedException(
          BillingRefusal.AMOUNT_INVALID, "together they cost more than " + Amount.UNITS_MAX);
    }
    return units + more;
  }

  private static Charge charge(PriceList prices, UsageJson usage) {
    Meter meter = meter(Wire.required(usage.meter(), "meter"));
    long quantity = amount(meter.asset(), Wire.required(usage.quantity(), "quantity")).units();
    Price price = prices.of(meter);
    if (!price.isAffordable(quantity)) {
      throw new RefusedException(
          BillingRefusal.AMOUNT_INVALID, "so much of " + meter.wireName() + " has no price");
    }
    return prices.charge(meter, quantity);
  }

  private static Meter meter(String name) {
    try {
      return Meter.named(name);
    } catch (IllegalArgumentException e) {
      throw invalid("there is no meter of that name");
    }
  }

  /** One change: when it was, which entry of the journal says it, and what moved. */
  private static ObjectNode wire(JsonNode change) {
    ObjectNode json = JsonTree.object();
    json.put("change", change.required("change").asText());
    json.put("time", Instant.ofEpochMilli(change.required("time").asLong()).toString());
    json.set("postings", change.required("postings"));
    if (change.has("remark")) {
      json.set("remark", change.get("remark"));
    }
    return json;
  }

  private TenantId tenant(String name) {
    try {
      TenantId tenant = new TenantId(name);
      if (plans.of(tenant).isPresent()) {
        return tenant;
      }
    } catch (IllegalArgumentException e) {
      // It is the id of nobody.
    }
    throw new RefusedException(PlatformRefusal.NOT_FOUND, "there is no such tenant");
  }

  static Asset asset(String name) {
    return Arrays.stream(Asset.values())
        .filter(asset -> asset.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new RefusedException(BillingRefusal.ASSET_UNKNOWN, "there is no such asset"));
  }

  static Amount amount(Asset asset, String digits) {
    try {
      return Amount.parse(asset, digits);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          BillingRefusal.AMOUNT_INVALID, "it is a string of digits, from 1 to " + Amount.UNITS_MAX);
    }
  }

  private static RefusedException invalid(String detail) {
    return new RefusedException(PlatformRefusal.BODY_INVALID, detail);
  }

  private static String json(String id, TenantId tenant, Amount amount) {
    return JsonTree.text(
        JsonTree.object()
            .put("id", id)
            .put("tenant", tenant.value())
            .put("asset", amount.asset().name())
            .put("amount", Long.toString(amount.units())));
  }

  private static String json(String id, TenantId tenant, Purchase purchase, long units) {
    return JsonTree.text(
        JsonTree.object()
            .put("id", id)
            .put("tenant", tenant.value())
            .put("purchase", purchase.id())
            .put("asset", purchase.asset().name())
            .put("amount", Long.toString(units))
            .put("left", Long.toString(purchase.open())));
  }

  private static RefusedException noTopUp() {
    return new RefusedException(PlatformRefusal.NOT_FOUND, "there is no such top-up");
  }

  /** What a tenant has of each asset. */
  @RegisterForReflection
  public record BalancesJson(List<BalanceJson> balances) {}

  /** What a tenant has of one asset: what it could spend, and what is promised. */
  @RegisterForReflection
  public record BalanceJson(String asset, String available, String held) {}

  /** What the operator adds to whose purse. */
  public record TopUpJson(
      @Nullable String tenant, @Nullable String asset, @Nullable String amount) {}

  /** What goes back of which top-up, and whether a bank took it. */
  public record RefundJson(
      @Nullable String tenant,
      @Nullable String purchase,
      @Nullable String amount,
      @Nullable Boolean chargeback) {}

  /** Below how many units of which asset somebody is to be told. */
  @RegisterForReflection
  public record AlertsJson(@Nullable List<AlertJson> alerts) {
    static AlertsJson of(Purses purses) {
      return new AlertsJson(
          Arrays.stream(Asset.values())
              .map(asset -> new AlertJson(asset.name(), purses.low().getOrDefault(asset, 0L) + ""))
              .filter(alert -> !"0".equals(alert.below))
              .toList());
    }

    String text() {
      ObjectNode json = JsonTree.object();
      ArrayNode array = json.putArray("alerts");
      for (AlertJson alert : Wire.required(alerts, "alerts")) {
        array.addObject().put("asset", alert.asset).put("below", alert.below);
      }
      return JsonTree.text(json);
    }
  }

  /** Below how many units of an asset somebody is to be told. */
  @RegisterForReflection
  public record AlertJson(@Nullable String asset, @Nullable String below) {}

  /** Usages whose price is asked for. */
  public record UsagesJson(@Nullable List<UsageJson> usages) {}

  /** So much of a meter. */
  public record UsageJson(@Nullable String meter, @Nullable String quantity) {}

  /** What usages would cost. */
  @RegisterForReflection
  public record EstimateJson(String cpc, String itc, String prices, List<ChargeJson> charges) {}

  /** What one usage would cost. */
  @RegisterForReflection
  public record ChargeJson(String meter, String quantity, String asset, String units) {}
}
