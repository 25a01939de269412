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
import io.mooring.tenants.Member;
import io.mooring.tenants.Members;
import io.mooring.tenants.Members.Change;
import io.mooring.tenants.Role;
import io.mooring.tenants.Slice;
import io.mooring.tenants.TenantsLimit;
import io.mooring.tenants.TenantsRefusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The members of the caller's tenant, who sign in at issuers that the tenant trusts. */
@Path("/v1/members")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class MembersResource {
  private static final String LIST = "members";

  private final Caller caller;
  private final Members members;
  private final Writes writes;
  private final Versions versions;
  private final PageTokens pages;
  private final Births births;
  private final Authoriser authoriser;
  private final InstantSource clock;

  MembersResource(
      Caller caller,
      Members members,
      Writes writes,
      Versions versions,
      PageTokens pages,
      Births births,
      Authoriser authoriser,
      InstantSource clock) {
    this.caller = caller;
    this.members = members;
    this.writes = writes;
    this.versions = versions;
    this.pages = pages;
    this.births = births;
    this.authoriser = authoriser;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(@Nullable NewMemberJson sent) {
    caller.require(Scope.MEMBERS_WRITE);
    NewMemberJson json = Wire.body(sent);
    var member =
        new Member(
            caller.tenant(),
            Wire.text(json.issuer(), "issuer", TenantsLimit.URL_CHARACTERS_MAX.value()),
            Wire.text(json.subject(), "subject", TenantsLimit.SUBJECT_CHARACTERS_MAX.value()),
            births.name(json.name() == null ? json.subject() : json.name()),
            role(json.role()),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));

    Response response =
        writes.commit(
            caller,
            members.added(caller, member),
            Answer.created("/v1/members/" + member.id(), births.json(MemberJson.of(member))));
    authoriser.forget();
    return response;
  }

  @GET
  public Response list(
      @QueryParam("perPage") @Nullable String perPage,
      @QueryParam("pageToken") @Nullable String pageToken) {
    caller.require(Scope.MEMBERS_READ);
    PageRequest page = pages.read(caller.tenant(), LIST, perPage, pageToken);
    Slice slice = members.all(caller.tenant(), page);
    List<MemberJson> items =
        slice.items().stream()
            .map(item -> MemberJson.of(Member.of(caller.tenant(), item)))
            .toList();
    return Pages.of(
        pages, caller.tenant(), LIST, page, slice.next(), token -> new MembersJson(items, token));
  }

  @GET
  @Path("/{member}")
  public RestResponse<MemberJson> get(@PathParam("member") String id) {
    caller.require(Scope.MEMBERS_READ);
    Item item = members.find(caller.tenant(), checked(id));
    if (!item.exists()) {
      throw notFound();
    }
    return RestResponse.ResponseBuilder.ok(MemberJson.of(Member.of(caller.tenant(), item)))
        .tag(Versions.tag(item.version()))
        .build();
  }

  @PATCH
  @Path("/{member}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response change(@PathParam("member") String id, @Nullable RoleJson sent) {
    caller.require(Scope.MEMBERS_WRITE);
    Role role = role(Wire.body(sent).role());
    Change change = members.given(caller, checked(id), role, versions::conditionOf);
    String json = change.after().map(after -> births.json(MemberJson.of(after))).orElse("");
    Response response = writes.commit(caller, change.write(), Answer.ok(json));
    authoriser.forget();
    return response;
  }

  @DELETE
  @Path("/{member}")
  public Response remove(@PathParam("member") String id) {
    caller.require(Scope.MEMBERS_WRITE);
    Response response =
        writes.commit(
            caller,
            members.removed(caller, checked(id), versions::conditionOf),
            Answer.noContent());
    authoriser.forget();
    return response;
  }

  static Role role(@Nullable String sent) {
    return Role.of(Wire.required(sent, "role"))
        .orElseThrow(
            () -> new RefusedException(TenantsRefusal.ROLE_UNKNOWN, "there is no such role"));
  }

  private static String checked(String id) {
    if (!Member.isId(id)) {
      throw notFound();
    }
    return id;
  }

  private static RefusedException notFound() {
    return new RefusedException(PlatformRefusal.NOT_FOUND, "there is no such member");
  }

  /** What a member is made of. */
  public record NewMemberJson(
      @Nullable String issuer,
      @Nullable String subject,
      @Nullable String name,
      @Nullable String role) {}

  /** What can be changed about a member. */
  public record RoleJson(@Nullable String role) {}

  /** A member. */
  @RegisterForReflection
  public record MemberJson(
      String id, String issuer, String subject, String name, String role, String created) {
    static MemberJson of(Member member) {
      return new MemberJson(
          member.id(),
          member.issuer(),
          member.subject(),
          member.name(),
          member.role().word(),
          member.created().toString());
    }
  }

  /** A page of members. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record MembersJson(List<MemberJson> items, @Nullable String nextPageToken) {}
}
