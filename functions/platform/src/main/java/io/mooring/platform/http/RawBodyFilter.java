package io.mooring.platform.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Tells the body's filter that this route judges the JSON by itself. */
@RawBody
@Provider
@Priority(Priorities.ENTITY_CODER - 100)
public class RawBodyFilter implements ContainerRequestFilter {
  private static final String RAW = "mooring.raw-body";

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(RAW, true);
  }

  static boolean isRaw(ContainerRequestContext request) {
    return request.getProperty(RAW) != null;
  }
}
