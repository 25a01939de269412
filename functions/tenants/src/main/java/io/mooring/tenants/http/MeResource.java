package io.mooring.tenants.http;

import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Who the platform takes the caller for. */
@Path("/v1/me")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
  private final Caller caller;

  MeResource(Caller caller) {
    this.caller = caller;
  }

  @GET
  public MeJson me() {
    return new MeJson(
        new TenantJson(caller.tenant().value(), caller.plan().word()),
        caller.subject(),
        caller.mode().word(),
        caller.scopes().stream().sorted().map(Scope::word).toList());
  }

  /** The caller, for its tenant, with its scopes. */
  public record MeJson(TenantJson tenant, String subject, String mode, List<String> scopes) {}

  /** The tenant that the credential is of. */
  public record TenantJson(String id, String plan) {}
}
