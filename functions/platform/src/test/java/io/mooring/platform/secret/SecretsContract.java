package io.mooring.platform.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a keeper of secrets promises. */
public abstract class SecretsContract {
  protected abstract Secrets secrets();

  @Test
  void whatIsKeptIsReadAndWhatIsForgottenIsGone() {
    Secrets secrets = secrets();
    assertTrue(secrets.read("a").isEmpty());
    assertTrue(secrets.keep("a", new byte[] {1, 2}));
    assertArrayEquals(new byte[] {1, 2}, secrets.read("a").orElseThrow());
    secrets.forget("a");
    assertTrue(secrets.read("a").isEmpty());
    secrets.forget("a");
  }

  @Test
  void theFirstToKeepANameWins() {
    Secrets secrets = secrets();
    assertTrue(secrets.keep("a", new byte[] {1}));
    assertFalse(secrets.keep("a", new byte[] {2}));
    assertArrayEquals(new byte[] {1}, secrets.read("a").orElseThrow());
  }

  @Test
  void whoeverAsksAtOnceGetsTheSameSecret() throws Exception {
    Secrets secrets = secrets();
    var seen = new ConcurrentLinkedQueue<List<Byte>>();
    Thread[] threads = new Thread[16];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = Thread.startVirtualThread(() -> seen.add(list(secrets.secret("shared"))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(threads.length, seen.size());
    Set<List<Byte>> different = new HashSet<>(seen);
    assertEquals(1, different.size());
    assertEquals(Secrets.SECRET_BYTES, different.iterator().next().size());
  }

  @Test
  void namesAreListedByTheirBeginningInOrder() {
    Secrets secrets = secrets();
    secrets.keep("key-2", new byte[] {1});
    secrets.keep("key-1", new byte[] {1});
    secrets.keep("other", new byte[] {1});
    assertEquals(List.of("key-1", "key-2"), secrets.names("key-"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../a", "a/b", "A", ".a", "a.unfinished", "a#b"})
  void aNameCannotLeaveItsPlace(String name) {
    Secrets secrets = secrets();
    assertThrows(IllegalArgumentException.class, () -> secrets.keep(name, new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> secrets.read(name));
    assertThrows(IllegalArgumentException.class, () -> secrets.forget(name));
  }

  private static List<Byte> list(byte[] bytes) {
    Byte[] boxed = new Byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      boxed[i] = bytes[i];
    }
    return List.of(boxed);
  }
}
