package io.mooring.platform.secret;

class InMemorySecretsTest extends SecretsContract {
  @Override
  Secrets secrets() {
    return new InMemorySecrets();
  }
}
