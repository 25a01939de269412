package io.mooring.tenants;

import jakarta.inject.Singleton;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;

/** Lets tests of the edge sign with the deployment's own key. */
@Singleton
public class TestKeys {
  private final SigningKeys keys;
  private final Authoriser authoriser;

  TestKeys(SigningKeys keys, Authoriser authoriser) {
    this.keys = keys;
    this.authoriser = authoriser;
  }

  public String id() {
    return keys.signing().id();
  }

  public PrivateKey privateKey() {
    return keys.signing().privateKey();
  }

  public ECPublicKey publicKey() {
    return keys.signing().publicKey();
  }

  public void rotate() {
    keys.rotate();
  }

  public void forget() {
    authoriser.forget();
  }
}
