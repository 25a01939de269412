package io.mooring.platform.testing;

import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Credentials;
import io.mooring.platform.identity.Mode;
import io.mooring.platform.identity.Plan;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Credentials that say what they are: {@code ten_acme ledgers:read ledgers:write}. */
public final class SpelledCredentials implements Credentials {
  @Override
  public Caller callerOf(String credential) {
    String[] words = credential.split(" ");
    if (!words[0].startsWith("ten_")) {
      throw new RefusedException(PlatformRefusal.CREDENTIAL_REFUSED, "unknown");
    }
    Set<Scope> scopes =
        Arrays.stream(words).skip(1).map(SpelledCredentials::scope).collect(Collectors.toSet());
    return new Caller(new TenantId(words[0]), "key_test", scopes, Mode.TEST, Plan.SCALE);
  }

  private static Scope scope(String word) {
    return word.equals(Scope.OPERATOR.word()) ? Scope.OPERATOR : Scope.ofTenant(word).orElseThrow();
  }
}
