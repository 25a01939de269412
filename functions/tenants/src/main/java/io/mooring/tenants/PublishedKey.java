package io.mooring.tenants;

/** The public half of a signing key as a JWK (RFC 7517). */
public record PublishedKey(
    String kty, String crv, String x, String y, String kid, String use, String alg) {
  static PublishedKey of(SigningKey key) {
    return new PublishedKey(
        "EC",
        "P-256",
        SigningKey.coordinate(key.publicKey().getW().getAffineX()),
        SigningKey.coordinate(key.publicKey().getW().getAffineY()),
        key.id(),
        "sig",
        "ES256");
  }
}
