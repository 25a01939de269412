package io.mooring.tenants;

import io.mooring.ledger.Hash;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Credentials;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tells from the text of a credential who calls: an API key, a token of this deployment, a token of
 * an issuer that the tenant trusts, or the operator's key. Every adapter asks this class, and every
 * refusal of it reads the same.
 */
@ApplicationScoped // behind a proxy: filters are made at build time, when nothing is configured yet
public class Authoriser implements Credentials {
  private static final String ANY_KEY = "mk_";

  private final OperatorKey operator;
  private final KeyCredentials keys;
  private final Tokens tokens;
  private final ForeignTokens foreignTokens;
  private final InstantSource clock;
  private final RecentCallers recent = new RecentCallers();

  Authoriser(
      OperatorKey operator,
      KeyCredentials keys,
      Tokens tokens,
      ForeignTokens foreignTokens,
      InstantSource clock) {
    this.operator = operator;
    this.keys = keys;
    this.tokens = tokens;
    this.foreignTokens = foreignTokens;
    this.clock = clock;
  }

  @Override
  public Caller callerOf(String credential) {
    if (credential.length() > TenantsLimit.CREDENTIAL_CHARACTERS_MAX.value()) {
      throw refused();
    }
    Instant now = clock.instant();
    Hash hash = Hash.ofBytes(credential.getBytes(StandardCharsets.UTF_8));
    Optional<Caller> known = recent.find(hash, now);
    if (known.isPresent()) {
      return known.get();
    }

    Authorised authorised =
        recent.judged(hash, () -> judge(credential)).orElseThrow(Authoriser::refused);
    recent.remember(hash, authorised, now);
    return authorised.caller();
  }

  /** Makes this process look again at what every credential may do; others do within seconds. */
  public void forget() {
    recent.forget();
  }

  private Optional<Authorised> judge(String credential) {
    if (credential.startsWith(OperatorKey.PREFIX)) {
      return operator.judge(credential);
    }
    if (credential.startsWith(ANY_KEY)) {
      return keys.judge(credential);
    }
    return CompactToken.read(credential, ForeignTokens.ALGORITHMS)
        .flatMap(token -> tokens.areOf(token) ? tokens.judge(token) : foreignTokens.judge(token));
  }

  private static RefusedException refused() {
    return new RefusedException(PlatformRefusal.CREDENTIAL_REFUSED, "the credential is not valid");
  }
}
