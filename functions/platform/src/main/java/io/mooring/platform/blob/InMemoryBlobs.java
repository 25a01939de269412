package io.mooring.platform.blob;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Objects in memory, for tests, the simulator and benchmarks. */
public final class InMemoryBlobs implements Blobs {
  private final ConcurrentMap<BlobName, byte[]> objects = new ConcurrentHashMap<>();

  @Override
  public Created create(BlobName name, byte[] content) {
    return objects.putIfAbsent(name, content.clone()) == null ? Created.NEW : Created.ALREADY_THERE;
  }

  @Override
  public void replace(BlobName name, byte[] content) {
    objects.put(name, content.clone());
  }

  @Override
  public Optional<byte[]> get(BlobName name) {
    return Optional.ofNullable(objects.get(name)).map(byte[]::clone);
  }

  @Override
  public Optional<Long> length(BlobName name) {
    return Optional.ofNullable(objects.get(name)).map(content -> (long) content.length);
  }

  @Override
  public void delete(BlobName name) {
    objects.remove(name);
  }
}
