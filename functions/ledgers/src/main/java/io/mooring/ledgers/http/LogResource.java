package io.mooring.ledgers.http;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerRefusal;
import io.mooring.ledgers.Readers;
import io.mooring.ledgers.Reading;
import io.mooring.platform.http.Anybody;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A ledger's log as static files, to be cached and copied (c2sp.org/tlog-tiles). */
@Anybody
@Path("/v1/ledgers/{ledger}/log")
@RequestScoped
@RunOnVirtualThread
public class LogResource {
  /** A checkpoint is soon behind; a file of entries or hashes never changes. */
  private static final String SOON = "no-cache";

  private static final String NEVER = "max-age=31536000, immutable";

  private final LedgerAccess access;
  private final Reading reading;

  LogResource(LedgerAccess access, Reading reading) {
    this.access = access;
    this.reading = reading;
  }

  @GET
  @Path("/checkpoint")
  @Produces(MediaType.TEXT_PLAIN)
  public Response checkpoint(
      @PathParam("ledger") String idOrName,
      @QueryParam("min-size") @DefaultValue("0") String sizeMin) {
    Ledger ledger = access.readable(idOrName);
    long atLeast = ReadEntriesResource.number("min-size", sizeMin);
    return cached(ledger, SOON, reading.checkpoint(ledger, atLeast).encoded());
  }

  @GET
  @Path("/tile/{path: .+}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public Response tile(@PathParam("ledger") String idOrName, @PathParam("path") String path) {
    Ledger ledger = access.readable(idOrName);
    return cached(ledger, NEVER, reading.file(ledger, parsed("tile/" + path)));
  }

  private static LogPath parsed(String path) {
    try {
      return LogPath.parse(path);
    } catch (MalformedException e) {
      throw new RefusedException(
          LedgerRefusal.LOG_FILE_NOT_FOUND, "a log has no file of that name");
    }
  }

  /** What needs a credential may be kept by whoever has one, and not on the way there. */
  private static Response cached(Ledger ledger, String howLong, Object file) {
    String who = ledger.readers() == Readers.PUBLIC ? "public, " : "private, ";
    return Response.ok(file).header("Cache-Control", who + howLong).build();
  }
}
