package io.mooring.platform.http;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.Write;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** A resource that writes as any capability does. */
@Path("/v1/written/{name}")
@RequestScoped
@RunOnVirtualThread
public class ProbeWritesResource {
  private final Caller caller;
  private final Writes writes;
  private final Versions versions;

  ProbeWritesResource(Caller caller, Writes writes, Versions versions) {
    this.caller = caller;
    this.writes = writes;
    this.versions = versions;
  }

  @POST
  public Response write(@PathParam("name") String name) {
    Key key = Key.of(caller.tenant(), "PROBE", name);
    Write write =
        Write.to(LedgerId.journal(caller.tenant()))
            .effect(new Effect.Put(key, new byte[0], versions.conditionOf(Item.absent(key))));
    return writes.commit(
        caller, write, Answer.created("/v1/written/" + name, "{\"name\":\"" + name + "\"}"));
  }
}
