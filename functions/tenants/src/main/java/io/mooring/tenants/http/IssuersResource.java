package io.mooring.tenants.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mooring.platform.http.Answer;
import io.mooring.platform.http.Versions;
import io.mooring.platform.http.Wire;
import io.mooring.platform.http.Writes;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.page.PageTokens;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Item;
import io.mooring.tenants.Authoriser;
import io.mooring.tenants.Issuers;
import io.mooring.tenants.Role;
import io.mooring.tenants.Slice;
import io.mooring.tenants.TenantsLimit;
import io.mooring.tenants.TrustedIssuer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The issuers of tokens that the caller's tenant trusts. */
@Path("/v1/issuers")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class IssuersResource {
  private static final String LIST = "issuers";
  private static final String SUBJECT_CLAIM_UNASKED = "sub";

  private final Caller caller;
  private final Issuers issuers;
  private final Writes writes;
  private final Versions versions;
  private final PageTokens pages;
  private final Births births;
  private final Authoriser authoriser;
  private final InstantSource clock;

  IssuersResource(
      Caller caller,
      Issuers issuers,
      Writes writes,
      Versions versions,
      PageTokens pages,
      Births births,
      Authoriser authoriser,
      InstantSource clock) {
    this.caller = caller;
    this.issuers = issuers;
    this.writes = writes;
    this.versions = versions;
    this.pages = pages;
    this.births = births;
    this.authoriser = authoriser;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response trust(@Nullable NewIssuerJson sent) {
    caller.require(Scope.MEMBERS_WRITE);
    NewIssuerJson json = Wire.body(sent);
    long urlMax = TenantsLimit.URL_CHARACTERS_MAX.value();
    var issuer =
        new TrustedIssuer(
            caller.tenant(),
            Wire.text(json.issuer(), "issuer", urlMax),
            Wire.text(json.jwksUrl(), "jwksUrl", urlMax),
            json.subjectClaim() == null ? SUBJECT_CLAIM_UNASKED : births.name(json.subjectClaim()),
            json.roleClaim() == null ? "" : births.name(json.roleClaim()),
            roles(json.roles()),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));

    return writes.commit(
        caller,
        issuers.trusted(caller, issuer),
        Answer.created("/v1/issuers/" + issuer.id(), births.json(IssuerJson.of(issuer))));
  }

  @GET
  public Response list(
      @QueryParam("perPage") @Nullable String perPage,
      @QueryParam("pageToken") @Nullable String pageToken) {
    caller.require(Scope.MEMBERS_READ);
    PageRequest page = pages.read(caller.tenant(), LIST, perPage, pageToken);
    Slice slice = issuers.all(caller.tenant(), page);
    List<IssuerJson> items =
        slice.items().stream()
            .map(item -> IssuerJson.of(TrustedIssuer.of(caller.tenant(), item)))
            .toList();
    return Pages.of(
        pages, caller.tenant(), LIST, page, slice.next(), token -> new IssuersJson(items, token));
  }

  @GET
  @Path("/{issuer}")
  public RestResponse<IssuerJson> get(@PathParam("issuer") String id) {
    caller.require(Scope.MEMBERS_READ);
    Item item = issuers.find(caller.tenant(), checked(id));
    if (!item.exists()) {
      throw notFound();
    }
    return RestResponse.ResponseBuilder.ok(IssuerJson.of(TrustedIssuer.of(caller.tenant(), item)))
        .tag(Versions.tag(item.version()))
        .build();
  }

  @DELETE
  @Path("/{issuer}")
  public Response distrust(@PathParam("issuer") String id) {
    caller.require(Scope.MEMBERS_WRITE);
    Response response =
        writes.commit(
            caller,
            issuers.distrusted(caller, checked(id), versions::conditionOf),
            Answer.noContent());
    authoriser.forget();
    return response;
  }

  private Map<String, Role> roles(@Nullable Map<String, String> sent) {
    var roles = new TreeMap<String, Role>();
    if (sent != null) {
      if (sent.size() > TenantsLimit.ISSUER_ROLES_MAX.value()) {
        throw new RefusedException(
            PlatformRefusal.BODY_INVALID, "roles has more members than issuerRolesMax");
      }
      sent.forEach((value, word) -> roles.put(births.name(value), MembersResource.role(word)));
    }
    return roles;
  }

  private static String checked(String id) {
    if (!TrustedIssuer.isId(id)) {
      throw notFound();
    }
    return id;
  }

  private static RefusedException notFound() {
    return new RefusedException(PlatformRefusal.NOT_FOUND, "there is no such issuer");
  }

  /** What a trusted issuer is made of. */
  public record NewIssuerJson(
      @Nullable String issuer,
      @Nullable String jwksUrl,
      @Nullable String subjectClaim,
      @Nullable String roleClaim,
      @Nullable Map<String, String> roles) {}

  /** A trusted issuer. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record IssuerJson(
      String id,
      String issuer,
      String jwksUrl,
      String subjectClaim,
      String roleClaim,
      SortedMap<String, String> roles,
      String created) {
    static IssuerJson of(TrustedIssuer issuer) {
      var words = new TreeMap<String, String>();
      issuer.roles().forEach((value, role) -> words.put(value, role.word()));
      return new IssuerJson(
          issuer.id(),
          issuer.issuer(),
          issuer.jwksUrl(),
          issuer.subjectClaim(),
          issuer.roleClaim(),
          words,
          issuer.created().toString());
    }
  }

  /** A page of trusted issuers. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record IssuersJson(List<IssuerJson> items, @Nullable String nextPageToken) {}
}
