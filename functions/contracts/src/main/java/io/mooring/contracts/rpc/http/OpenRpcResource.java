package io.mooring.contracts.rpc.http;

import io.mooring.platform.http.Public;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The document that describes every method of a chain's JSON-RPC. */
@Public
@Path("/v1/openrpc.json")
@Produces(MediaType.APPLICATION_JSON)
public class OpenRpcResource {
  static final String RESOURCE = "/openrpc.json";

  @GET
  public byte[] document() {
    try (InputStream in =
        Objects.requireNonNull(OpenRpcResource.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
