package io.mooring.platform.identity;

import io.mooring.platform.TenantId;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import java.util.Set;

/**
 * Who calls, for which tenant, and what they may do; it is made from a credential and from nothing
 * else.
 *
 * @param subject the key, member or operator behind the credential, as the journal names it
 */
public record Caller(TenantId tenant, String subject, Set<Scope> scopes, Mode mode, Plan plan) {
  public Caller {
    scopes = Set.copyOf(scopes);
  }

  public boolean may(Scope scope) {
    return scopes.contains(scope);
  }

  public boolean isOperator() {
    return may(Scope.OPERATOR);
  }

  public void require(Scope scope) {
    if (!may(scope)) {
      throw new RefusedException(
          PlatformRefusal.SCOPE_MISSING, "this needs the scope " + scope.word());
    }
  }
}
