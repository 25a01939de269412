package io.mooring.platform.http;

import io.mooring.platform.identity.Caller;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The caller of the request at hand, so that a request-scoped resource can take a {@link Caller} in
 * its constructor.
 */
@RequestScoped
public class CurrentCaller {
  private @Nullable Caller caller;

  void is(Caller authenticated) {
    caller = authenticated;
  }

  /** Who calls a route that is for {@link Anybody}, if they said so. */
  public Optional<Caller> ifAny() {
    return Optional.ofNullable(caller);
  }

  @Produces
  @Dependent
  Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("a public route asked who calls");
    }
    return caller;
  }
}
