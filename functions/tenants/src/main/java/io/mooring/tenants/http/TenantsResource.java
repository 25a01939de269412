package io.mooring.tenants.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.http.Answer;
import io.mooring.platform.http.Once;
import io.mooring.platform.http.Versions;
import io.mooring.platform.http.Wire;
import io.mooring.platform.http.Writes;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Plan;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.page.PageTokens;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Item;
import io.mooring.tenants.Authoriser;
import io.mooring.tenants.Tenant;
import io.mooring.tenants.Tenants;
import io.mooring.tenants.Tenants.Birth;
import io.mooring.tenants.Tenants.Change;
import io.mooring.tenants.Tenants.Listed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Tenants as the operator keeps them; a tenant sees itself and nobody else. */
@Path("/v1/tenants")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class TenantsResource {
  private static final String LIST = "tenants";

  private final Caller caller;
  private final Tenants tenants;
  private final Births births;
  private final Writes writes;
  private final Once once;
  private final Versions versions;
  private final PageTokens pages;
  private final Authoriser authoriser;

  TenantsResource(
      Caller caller,
      Tenants tenants,
      Births births,
      Writes writes,
      Once once,
      Versions versions,
      PageTokens pages,
      Authoriser authoriser) {
    this.caller = caller;
    this.tenants = tenants;
    this.births = births;
    this.writes = writes;
    this.once = once;
    this.versions = versions;
    this.pages = pages;
    this.authoriser = authoriser;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@Nullable NewTenantJson sent) {
    caller.require(Scope.OPERATOR);
    NewTenantJson json = Wire.body(sent);

    Birth birth =
        tenants.born(
            births.name(json.name()),
            births.plan(json.plan()),
            caller.subject(),
            once.key(caller.tenant()));

    return births.commit(caller, birth, writes);
  }

  @GET
  public Response list(
      @QueryParam("perPage") @Nullable String perPage,
      @QueryParam("pageToken") @Nullable String pageToken) {
    caller.require(Scope.OPERATOR);
    PageRequest page = pages.read(caller.tenant(), LIST, perPage, pageToken);
    Listed listed = tenants.all(page);
    List<TenantJson> items = listed.tenants().stream().map(TenantJson::of).toList();
    return Pages.of(
        pages, caller.tenant(), LIST, page, listed.next(), token -> new TenantsJson(items, token));
  }

  @GET
  @Path("/{tenant}")
  public RestResponse<TenantJson> get(@PathParam("tenant") String name) {
    Item item = tenants.find(visible(name));
    if (!item.exists()) {
      throw notFound();
    }
    return RestResponse.ResponseBuilder.ok(TenantJson.of(Tenant.of(item)))
        .tag(Versions.tag(item.version()))
        .build();
  }

  @PATCH
  @Path("/{tenant}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response change(@PathParam("tenant") String name, @Nullable PlanJson sent) {
    TenantId tenant = operated(name);
    Plan plan = births.plan(Wire.required(Wire.body(sent).plan(), "plan"));
    return commit(tenants.moved(caller, tenant, plan, expected()));
  }

  @POST
  @Path("/{tenant}/suspend")
  public Response suspend(@PathParam("tenant") String name) {
    return commit(tenants.suspended(caller, operated(name), expected()));
  }

  @POST
  @Path("/{tenant}/reactivate")
  public Response reactivate(@PathParam("tenant") String name) {
    return commit(tenants.reactivated(caller, operated(name), expected()));
  }

  @POST
  @Path("/{tenant}/close")
  public Response close(@PathParam("tenant") String name) {
    return commit(tenants.closed(caller, operated(name), expected()));
  }

  private Response commit(Change change) {
    String json = change.after().map(after -> births.json(TenantJson.of(after))).orElse("");
    Response response = writes.commit(caller, change.write(), Answer.ok(json));
    authoriser.forget();
    return response;
  }

  private Function<Item, Condition> expected() {
    return versions::conditionOf;
  }

  /** A tenant's credential finds its own tenant and no other, whether there is one or not. */
  private TenantId visible(String name) {
    if (!caller.isOperator() && !name.equals(caller.tenant().value())) {
      throw notFound();
    }
    return parsed(name);
  }

  private TenantId operated(String name) {
    TenantId tenant = visible(name);
    caller.require(Scope.OPERATOR);
    return tenant;
  }

  private static TenantId parsed(String name) {
    try {
      return new TenantId(name);
    } catch (IllegalArgumentException e) {
      throw notFound();
    }
  }

  private static RefusedException notFound() {
    return new RefusedException(PlatformRefusal.NOT_FOUND, "there is no such tenant");
  }

  /** What a tenant is made of. */
  public record NewTenantJson(@Nullable String name, @Nullable String plan) {}

  /** What can be changed about a tenant. */
  public record PlanJson(@Nullable String plan) {}

  /** A tenant. */
  public record TenantJson(String id, String name, String plan, String status, String created) {
    static TenantJson of(Tenant tenant) {
      return new TenantJson(
          tenant.id().value(),
          tenant.name(),
          tenant.plan().word(),
          tenant.status().word(),
          tenant.created().toString());
    }
  }

  /** A page of tenants. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TenantsJson(List<TenantJson> items, @Nullable String nextPageToken) {}
}
