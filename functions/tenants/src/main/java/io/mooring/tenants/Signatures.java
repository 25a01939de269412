package io.mooring.tenants;

import java.security.Key;
import java.time.Instant;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** Checks a token's signature, issuer, audience and times, with one key and one algorithm. */
final class Signatures {
  private static final int SKEW_SECONDS = (int) TenantsLimit.CLOCK_SKEW_SECONDS_MAX.value();
  private static final int AGE_SECONDS_MAX = 24 * 3600;
  private static final int VALIDITY_MINUTES_MAX = 24 * 60;

  private Signatures() {}

  /** Returns when a token that is good in all of this expires; nothing for any other. */
  static Optional<Instant> expiryOf(
      CompactToken token, Key key, String issuer, String audience, Instant now) {
    var consumer =
        new JwtConsumerBuilder()
            .setVerificationKey(key)
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, token.algorithm()))
            .setExpectedIssuer(true, issuer)
            .setExpectedAudience(true, audience)
            .setRequireSubject()
            .setRequireExpirationTime()
            .setRequireIssuedAt()
            .setIssuedAtRestrictions(0, AGE_SECONDS_MAX) // and the skew, as with all times
            .setMaxFutureValidityInMinutes(VALIDITY_MINUTES_MAX)
            .setAllowedClockSkewInSeconds(SKEW_SECONDS)
            .setEvaluationTime(NumericDate.fromSeconds(now.getEpochSecond()))
            .build();
    try {
      return Optional.of(
          Instant.ofEpochSecond(
              consumer.processToClaims(token.text()).getExpirationTime().getValue()));
    } catch (InvalidJwtException | MalformedClaimException e) {
      return Optional.empty();
    }
  }
}
