package io.mooring.tenants;

import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import jakarta.inject.Singleton;

/**
 * Tells who a client is by its certificate, for an edge that has ended the client's TLS itself. The
 * tenant may be said by the client, as it is in the text of an API key: who the certificate is good
 * for is what that tenant has said, so it leads to nobody else's things.
 */
@Singleton
public final class Certificates {
  private final KeyCredentials keys;

  Certificates(KeyCredentials keys) {
    this.keys = keys;
  }

  /** Returns the caller, or refuses. What is refused does not show whether a tenant exists. */
  public Caller callerOf(TenantId tenant, Certificate certificate) {
    return keys.judge(tenant, certificate)
        .map(Authorised::caller)
        .orElseThrow(
            () ->
                new RefusedException(
                    PlatformRefusal.CREDENTIAL_REFUSED, "the certificate is no key's here"));
  }
}
