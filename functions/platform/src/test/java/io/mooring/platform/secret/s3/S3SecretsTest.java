package io.mooring.platform.secret.s3;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.secret.Secrets;
import io.mooring.platform.secret.SecretsContract;
import io.mooring.platform.table.StoreUnavailableException;
import io.mooring.platform.testing.ObjectStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S3SecretsTest extends SecretsContract {
  private static ObjectStore store;

  private String bucket = "";

  @BeforeAll
  static void start() throws Exception {
    store = ObjectStore.started();
  }

  @AfterAll
  static void stop() throws Exception {
    store.stop();
  }

  @BeforeEach
  void fresh() {
    bucket = store.newBucket();
  }

  @Override
  protected Secrets secrets() {
    return new S3Secrets(store.client(), bucket);
  }

  @Test
  void whoeverKeepsTheSameAgainKeptIt() {
    assertTrue(secrets().keep("a", new byte[] {1}));
    assertTrue(secrets().keep("a", new byte[] {1}));
  }

  @Test
  void aStoreThatDoesNotAnswerIsUnavailableAndNotEmpty() {
    Secrets nowhere = new S3Secrets(store.client(), "no-such-bucket");
    assertThrows(StoreUnavailableException.class, () -> nowhere.keep("a", new byte[] {1}));
    assertThrows(StoreUnavailableException.class, () -> nowhere.read("a"));
    assertThrows(StoreUnavailableException.class, () -> nowhere.names(""));
    assertThrows(StoreUnavailableException.class, () -> nowhere.forget("a"));
  }
}
