package io.mooring.ledgers.http;

import io.mooring.ledger.Hash;
import io.mooring.ledgers.Addresses;
import io.mooring.ledgers.LedgerLimit;
import io.mooring.ledgers.Uploads;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.http.Wire;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Payloads too large for a request: announced here, and moved between client and store alone. */
@Path("/v1/blobs")
@RequestScoped
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class BlobsResource {
  private final Uploads uploads;
  private final Caller caller;

  BlobsResource(Uploads uploads, Caller caller) {
    this.uploads = uploads;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response announce(@Nullable NewBlobJson wanted) {
    caller.require(Scope.LEDGERS_WRITE);
    NewBlobJson blob = Wire.body(wanted);
    Hash sha256 = Cid.sha256(Wire.required(blob.sha256, "sha256"));
    long length = Wire.required(blob.length, "length");
    if (length < 1 || length > LedgerLimit.BLOB_BYTES_MAX.value()) {
      throw new RefusedException(
          PlatformRefusal.BODY_INVALID, "length is 1 to " + LedgerLimit.BLOB_BYTES_MAX.value());
    }

    Addresses.Upload upload = uploads.announce(caller.tenant(), sha256, length);

    JsonWriter json = new JsonWriter().beginObject();
    json.name("id").string(Cid.of(sha256));
    json.name("sha256").string(sha256.toString());
    json.name("length").number(length);
    json.name("method").string("PUT");
    json.name("uploadUrl").string(upload.address().toString());
    json.name("headers").beginObject();
    upload.headers().forEach((name, value) -> json.name(name).string(value));
    json.endObject();
    json.name("expiresInSeconds").number(LedgerLimit.BLOB_UPLOAD_SECONDS.value());
    return Response.created(URI.create("/v1/blobs/" + Cid.of(sha256)))
        .entity(json.endObject().toBytes())
        .build();
  }

  /** Sends the client to where the bytes are. */
  @GET
  @Path("/{blob}")
  public Response download(@PathParam("blob") String id) {
    caller.require(Scope.LEDGERS_READ);
    return Response.seeOther(uploads.download(caller.tenant(), Cid.sha256(id))).build();
  }

  /** What a client announces: the SHA-256, in hex or as a CID, and the number of bytes. */
  public record NewBlobJson(@Nullable String sha256, @Nullable Long length) {}
}
