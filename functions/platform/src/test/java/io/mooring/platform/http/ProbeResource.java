package io.mooring.platform.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A resource as any capability has them, for the edge to be tested with. */
@Path("/v1/probes")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ProbeResource {
  static final AtomicInteger TOUCHED = new AtomicInteger();

  private final Caller caller;

  ProbeResource(Caller caller) {
    this.caller = caller;
  }

  @GET
  public ProbeJson get() {
    caller.require(Scope.KEYS_READ);
    return new ProbeJson(caller.tenant().value(), 1, List.of());
  }

  @GET
  @Path("/thread")
  public String thread() {
    return "\"" + Thread.currentThread().isVirtual() + "\"";
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public ProbeJson post(ProbeJson sent) {
    caller.require(Scope.KEYS_WRITE);
    ProbeJson probe = Wire.body(sent);
    TOUCHED.incrementAndGet();
    return probe;
  }

  @GET
  @Path("/fault")
  public ProbeJson fault() {
    throw new IllegalStateException("a secret of the inside: " + Canaries.INSIDE);
  }

  /** What a probe says. */
  public record ProbeJson(
      String name,
      int count,
      @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) List<String> marks) {}
}
