package io.mooring.platform.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Tells the authentication that follows that this route is public. */
@Public
@Provider
@Priority(Priorities.AUTHENTICATION - 100)
public class PublicFilter implements ContainerRequestFilter {
  private static final String PUBLIC = "mooring.public";

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(PUBLIC, true);
  }

  static boolean isPublic(ContainerRequestContext request) {
    return request.getProperty(PUBLIC) != null;
  }
}
