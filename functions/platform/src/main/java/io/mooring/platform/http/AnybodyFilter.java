package io.mooring.platform.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Tells the authentication that follows that this route needs no credential, but reads one. */
@Anybody
@Provider
@Priority(Priorities.AUTHENTICATION - 100)
public class AnybodyFilter implements ContainerRequestFilter {
  private static final String ANYBODY = "mooring.anybody";

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(ANYBODY, true);
  }

  static boolean isStranger(ContainerRequestContext request) {
    return request.getProperty(ANYBODY) != null
        && request.getHeaderString(HttpHeaders.AUTHORIZATION) == null;
  }
}
