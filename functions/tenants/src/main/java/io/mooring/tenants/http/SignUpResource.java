package io.mooring.tenants.http;

import io.mooring.platform.TenantId;
import io.mooring.platform.http.Once;
import io.mooring.platform.http.Public;
import io.mooring.platform.http.Wire;
import io.mooring.platform.http.Writes;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Mode;
import io.mooring.platform.identity.Plan;
import io.mooring.platform.problem.RefusedException;
import io.mooring.tenants.IdentityConfig;
import io.mooring.tenants.Tenants;
import io.mooring.tenants.TenantsRefusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets strangers become tenants, on the smallest plan, where the operator has switched it on. */
@Public
@Path("/v1/sign-up")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SignUpResource {
  private static final Caller STRANGER =
      new Caller(TenantId.OPERATOR, "sign-up", Set.of(), Mode.TEST, Plan.DEVELOPER);

  private final IdentityConfig config;
  private final Tenants tenants;
  private final Births births;
  private final Writes writes;
  private final Once once;

  SignUpResource(IdentityConfig config, Tenants tenants, Births births, Writes writes, Once once) {
    this.config = config;
    this.tenants = tenants;
    this.births = births;
    this.writes = writes;
    this.once = once;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response signUp(@Nullable SignUpJson sent) {
    if (!config.signUp()) {
      throw new RefusedException(TenantsRefusal.SIGN_UP_CLOSED, "sign-up is switched off");
    }
    String name = births.name(Wire.body(sent).name());
    return births.commit(
        STRANGER,
        tenants.born(name, Plan.DEVELOPER, STRANGER.subject(), once.key(STRANGER.tenant())),
        writes);
  }

  /** What a stranger says of itself. */
  public record SignUpJson(@Nullable String name) {}
}
