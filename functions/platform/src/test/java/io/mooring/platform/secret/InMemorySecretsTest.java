package io.mooring.platform.secret;

class InMemorySecretsTest extends SecretsContract {
  @Override
  protected Secrets secrets() {
    return new InMemorySecrets();
  }
}
