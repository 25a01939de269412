package io.mooring.billing.statements.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Asset;
import io.mooring.billing.Standing;
import io.mooring.billing.Statement;
import io.mooring.billing.StatementCsv;
import io.mooring.billing.statements.StatementJson;
import io.mooring.billing.statements.StatementPdf;
import io.mooring.billing.statements.StatementRefusal;
import io.mooring.billing.statements.Statements;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the caller's tenant used, paid and had, month by month; a month that is over is an invoice.
 */
@Path("/v1/statements")
@RequestScoped
@RunOnVirtualThread
public class StatementsResource {
  private final Caller caller;
  private final Statements statements;

  StatementsResource(Caller caller, Statements statements) {
    this.caller = caller;
    this.statements = statements;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public StatementsJson list() {
    caller.require(Scope.CREDITS_READ);
    return new StatementsJson(
        statements.months(caller.tenant()).reversed().stream()
            .map(
                month ->
                    new MonthJson(
                        month.toString(), statements.isComplete(month), "/v1/statements/" + month))
            .toList());
  }

  /** As JSON, unless CSV or PDF is asked for before it. */
  @GET
  @Path("/{month}")
  @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/pdf"})
  public Response get(@PathParam("month") String month, @Context HttpHeaders headers) {
    caller.require(Scope.CREDITS_READ);
    Statement statement = statements.statement(caller.tenant(), parsed(month));
    Form form = Form.of(headers.getAcceptableMediaTypes());
    return kept(
        form,
        switch (form) {
          case JSON -> StatementJson.write(statement);
          case CSV -> StatementCsv.write(statement).getBytes(UTF_8);
          case PDF -> StatementPdf.write(statement);
        });
  }

  /** What the tenant had at a moment in the past. */
  @GET
  @Path("/balances")
  @Produces(MediaType.APPLICATION_JSON)
  public Response balances(@QueryParam("at") @Nullable String at) {
    caller.require(Scope.CREDITS_READ);
    long millis = moment(at);
    Standing standing = statements.at(caller.tenant(), millis);
    ObjectNode json = JsonTree.object().put("at", Instant.ofEpochMilli(millis).toString());
    var balances = json.putArray("balances");
    for (Asset asset : Asset.values()) {
      StatementJson.put(balances.addObject().put("asset", asset.name()), asset, standing);
    }
    return kept(Form.JSON, JsonTree.bytes(json));
  }

  private static YearMonth parsed(String month) {
    try {
      return YearMonth.parse(month);
    } catch (DateTimeException e) {
      throw new RefusedException(
          StatementRefusal.NO_STATEMENT, "a month is written such as 2026-12");
    }
  }

  private static long moment(@Nullable String at) {
    try {
      return OffsetDateTime.parse(at == null ? "" : at).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new RefusedException(
          PlatformRefusal.PARAMETER_INVALID,
          "at is not a time as RFC 3339 has it",
          "Send such as at=2026-12-01T00:00:00Z.");
    }
  }

  private static Response kept(Form form, byte[] body) {
    return Response.ok(body, form.type()).header("Cache-Control", "private, no-cache").build();
  }

  /** The months that there are statements of, newest first. */
  public record StatementsJson(List<MonthJson> items) {}

  /** One month, and whether it is over. */
  public record MonthJson(String month, boolean complete, String href) {}
}
