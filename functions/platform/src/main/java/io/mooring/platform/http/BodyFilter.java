package io.mooring.platform.http;

import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Reads the body once, within its bound, and judges JSON strictly before any resource sees it. */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class BodyFilter implements ContainerRequestFilter {
  private final RequestBody body;

  BodyFilter(RequestBody body) {
    this.body = body;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    byte[] bytes = read(request);
    if (isJson(request.getMediaType())) {
      StrictJson.check(bytes);
    }
    body.is(bytes);
    request.setEntityStream(new ByteArrayInputStream(bytes));
  }

  private static byte[] read(ContainerRequestContext request) throws IOException {
    if (!request.hasEntity()) {
      return new byte[0];
    }
    int max = PlatformLimit.BODY_BYTES_MAX.intValue();
    byte[] bytes = request.getEntityStream().readNBytes(max + 1);
    if (bytes.length > max) {
      throw new RefusedException(PlatformRefusal.BODY_TOO_LARGE, "the body exceeds bodyBytesMax");
    }
    return bytes;
  }

  private static boolean isJson(MediaType type) {
    return type != null
        && (type.getSubtype().equalsIgnoreCase("json")
            || type.getSubtype().toLowerCase(java.util.Locale.ROOT).endsWith("+json"));
  }
}
