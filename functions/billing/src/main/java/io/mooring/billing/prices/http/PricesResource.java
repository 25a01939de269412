package io.mooring.billing.prices.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.billing.PriceSheet;
import io.mooring.billing.PublishedPrices;
import io.mooring.platform.http.Public;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What everything costs, cost, and will cost: the same for everybody, and without a credential. */
@Public
@Path("/v1/prices")
@Produces(MediaType.APPLICATION_JSON)
public class PricesResource {
  /** A new sheet is announced days before it counts, so a copy may be some minutes old. */
  private static final String SOON = "public, max-age=300";

  private static final String NEVER = "public, max-age=31536000, immutable";

  private final PublishedPrices prices;
  private final InstantSource clock;

  PricesResource(PublishedPrices prices, InstantSource clock) {
    this.prices = prices;
    this.clock = clock;
  }

  /** The sheets in force at a moment, of each plan or of one, and those announced by then. */
  @GET
  public Response list(
      @QueryParam("plan") @Nullable String plan, @QueryParam("at") @Nullable String at) {
    if (plan != null && !prices.plans().contains(plan)) {
      throw invalid("there is no such plan", "The plans are " + String.join(", ", prices.plans()));
    }
    long moment = at == null ? clock.millis() : moment(at);
    List<SheetJson> items =
        prices.sheets().stream()
            .filter(sheet -> plan == null || sheet.list().plan().equals(plan))
            .filter(sheet -> sheet.list().publishedMillis() <= moment)
            .filter(sheet -> isAnnounced(sheet, moment) || isInForce(sheet, moment))
            .map(sheet -> SheetJson.of(sheet, isInForce(sheet, moment)))
            .toList();
    var body = new PricesJson(Instant.ofEpochMilli(moment).toString(), items);
    return Response.ok(body).header("Cache-Control", SOON).build();
  }

  /** The very bytes whose hash the version names. */
  @GET
  @Path("/{version}")
  public Response version(@PathParam("version") String version) {
    PriceSheet sheet =
        prices
            .version(version)
            .orElseThrow(
                () -> new RefusedException(PlatformRefusal.NOT_FOUND, "there is no such version"));
    return Response.ok(sheet.json()).tag(version).header("Cache-Control", NEVER).build();
  }

  private boolean isInForce(PriceSheet sheet, long moment) {
    return prices.at(sheet.list().plan(), moment).filter(sheet::equals).isPresent();
  }

  private static boolean isAnnounced(PriceSheet sheet, long moment) {
    return sheet.list().effectiveMillis() > moment;
  }

  private static long moment(String at) {
    try {
      return OffsetDateTime.parse(at).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw invalid("at is not a time as RFC 3339 has it", "Send such as 2026-12-01T00:00:00Z.");
    }
  }

  private static RefusedException invalid(String detail, String fix) {
    return new RefusedException(PlatformRefusal.PARAMETER_INVALID, detail, fix);
  }

  /** The sheets of one moment. */
  public record PricesJson(String at, List<SheetJson> items) {}

  /** One sheet: in force, or announced and to come into force later. */
  public record SheetJson(String version, String state, String href, JsonNode sheet) {
    static SheetJson of(PriceSheet sheet, boolean inForce) {
      String version = sheet.list().version();
      return new SheetJson(
          version,
          inForce ? "in-force" : "announced",
          "/v1/prices/" + version,
          JsonTree.parse(sheet.json()));
    }
  }
}
