package io.mooring.platform.blob;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects in memory, for tests, the simulator and benchmarks. */
public final class InMemoryBlobs implements Blobs {
  private final ConcurrentNavigableMap<String, Kept> objects = new ConcurrentSkipListMap<>();
  private final InstantSource clock;

  public InMemoryBlobs() {
    this(InstantSource.system());
  }

  public InMemoryBlobs(InstantSource clock) {
    this.clock = clock;
  }

  private record Kept(byte[] content, Instant written) {}

  @Override
  public Created create(BlobName name, byte[] content) {
    return objects.putIfAbsent(name.value(), kept(content)) == null
        ? Created.NEW
        : Created.ALREADY_THERE;
  }

  @Override
  public void replace(BlobName name, byte[] content) {
    objects.put(name.value(), kept(content));
  }

  private Kept kept(byte[] content) {
    return new Kept(content.clone(), clock.instant());
  }

  @Override
  public Optional<byte[]> get(BlobName name) {
    return Optional.ofNullable(objects.get(name.value())).map(kept -> kept.content().clone());
  }

  @Override
  public Optional<Long> length(BlobName name) {
    return Optional.ofNullable(objects.get(name.value())).map(kept -> (long) kept.content().length);
  }

  @Override
  public void delete(BlobName name) {
    objects.remove(name.value());
  }

  @Override
  public List<Listed> list(String prefix, String after) {
    boolean fromPrefix = after.compareTo(prefix) < 0;
    return objects.tailMap(fromPrefix ? prefix : after, fromPrefix).entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(prefix))
        .limit(LIST_MAX)
        .map(entry -> new Listed(new BlobName(entry.getKey()), entry.getValue().written()))
        .toList();
  }
}
