package io.mooring.platform.secret;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The secrets of a test. */
public final class InMemorySecrets implements Secrets {
  private final ConcurrentSkipListMap<String, byte[]> kept = new ConcurrentSkipListMap<>();

  @Override
  public boolean keep(String name, byte[] secret) {
    return kept.putIfAbsent(SecretName.checked(name), secret.clone()) == null;
  }

  @Override
  public Optional<byte[]> read(String name) {
    return Optional.ofNullable(kept.get(SecretName.checked(name))).map(byte[]::clone);
  }

  @Override
  public List<String> names(String prefix) {
    return kept.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  @Override
  public void forget(String name) {
    kept.remove(SecretName.checked(name));
  }
}
