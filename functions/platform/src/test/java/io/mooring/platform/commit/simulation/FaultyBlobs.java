package io.mooring.platform.commit.simulation;

import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.BlobsUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The objects as one process sees them over a bad network. */
public final class FaultyBlobs implements Blobs {
  private final World world;
  private final Blobs blobs;
  private final Faults faults;

  public FaultyBlobs(World world, Blobs blobs, Faults faults) {
    this.world = world;
    this.blobs = blobs;
    this.faults = faults;
  }

  @Override
  public Created create(BlobName name, byte[] content) {
    return call(() -> blobs.create(name, content));
  }

  @Override
  public void replace(BlobName name, byte[] content) {
    call(
        () -> {
          blobs.replace(name, content);
          return name;
        });
  }

  @Override
  public Optional<byte[]> get(BlobName name) {
    return call(() -> blobs.get(name));
  }

  /** Sometimes an object that was just made does not show yet. */
  @Override
  public Optional<Long> length(BlobName name) {
    return call(() -> faults.next() == Faults.Fault.NONE ? blobs.length(name) : Optional.empty());
  }

  @Override
  public void delete(BlobName name) {
    call(
        () -> {
          blobs.delete(name);
          return name;
        });
  }

  @Override
  public List<Listed> list(String prefix, String after) {
    return call(() -> blobs.list(prefix, after));
  }

  private <T> T call(Supplier<T> call) {
    Faults.Fault fault = faults.next();
    world.sleep(faults.latency());
    T value =
        switch (fault) {
          case NONE -> call.get();
          case DONE_TWICE -> {
            call.get();
            yield call.get();
          }
          case REPLY_LOST -> {
            call.get();
            throw new BlobsUnavailableException(fault.name());
          }
          case DONE_LATE -> {
            world.at(world.now() + faults.lateness(), call::get);
            throw new BlobsUnavailableException(fault.name());
          }
          case REQUEST_LOST, THROTTLED, CONFLICT ->
              throw new BlobsUnavailableException(fault.name());
        };
    world.sleep(faults.latency());
    return value;
  }
}
