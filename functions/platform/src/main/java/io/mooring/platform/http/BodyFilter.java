package io.mooring.platform.http;

import io.mooring.platform.json.StrictJson;
import io.mooring.platform.limit.PlatformLimit;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body once, within its bound, and judges JSON strictly before any resource sees it. */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class BodyFilter implements ContainerRequestFilter {
  private static final Set<String> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final RequestBody body;

  BodyFilter(RequestBody body) {
    this.body = body;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    byte[] bytes = read(request);
    if (bytes.length > 0 && request.getMediaType() == null) {
      throw new RefusedException(
          PlatformRefusal.UNSUPPORTED_MEDIA_TYPE, "there is a body and no Content-Type");
    }
    // Where there is no body at all, the resource knows whether it needs one.
    if (bytes.length > 0 && isJson(request.getMediaType()) && !RawBodyFilter.isRaw(request)) {
      StrictJson.check(bytes);
    }
    body.is(bytes);
    request.setEntityStream(new ByteArrayInputStream(bytes));
  }

  private static byte[] read(ContainerRequestContext request) throws IOException {
    if (WITHOUT_BODY.contains(request.getMethod())) {
      return new byte[0];
    }
    int max = PlatformLimit.BODY_BYTES_MAX.intValue();
    byte[] bytes = request.getEntityStream().readNBytes(max + 1);
    if (bytes.length > max) {
      throw new RefusedException(PlatformRefusal.BODY_TOO_LARGE, "the body exceeds bodyBytesMax");
    }
    return bytes;
  }

  private static boolean isJson(@Nullable MediaType type) {
    return type != null
        && (type.getSubtype().equalsIgnoreCase("json")
            || type.getSubtype().toLowerCase(Locale.ROOT).endsWith("+json"));
  }
}
