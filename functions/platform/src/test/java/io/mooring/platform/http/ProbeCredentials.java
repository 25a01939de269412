package io.mooring.platform.http;

import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Credentials;
import io.mooring.platform.identity.Mode;
import io.mooring.platform.identity.Plan;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Set;

/**
 * Knows the tenant in the credential's text: {@code may-all ten_acme}, {@code may-read ten_acme}.
 */
@Singleton
final class ProbeCredentials implements Credentials {
  @Override
  public Caller callerOf(String credential) {
    String[] parts = credential.split(" ");
    return switch (parts[0]) {
      case "may-all" -> caller(parts[1], EnumSet.complementOf(EnumSet.of(Scope.OPERATOR)));
      case "may-read" -> caller(parts[1], Set.of(Scope.KEYS_READ));
      default -> throw new RefusedException(PlatformRefusal.CREDENTIAL_REFUSED, "unknown");
    };
  }

  private static Caller caller(String tenant, Set<Scope> scopes) {
    return new Caller(new TenantId(tenant), "key_probe", scopes, Mode.TEST, Plan.DEVELOPER);
  }
}
