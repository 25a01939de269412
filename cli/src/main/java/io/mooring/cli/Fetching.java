package io.mooring.cli;

import io.mooring.ledger.tlog.LogFolder;
import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledger.tlog.LogPath.OfBundle;
import io.mooring.ledger.tlog.LogPath.OfCheckpoint;
import io.mooring.ledger.tlog.LogPath.OfTile;
import io.mooring.ledger.tlog.Tiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Copies a log's files to a folder, a few at a time, those that are not there yet. */
final class Fetching {
  /** A log that lacks so many of its files is not worth asking for the rest. */
  static final int MISSING_MAX = 100;

  private final RemoteLog remote;
  private final LogFolder local;
  private final int connections;
  private final AtomicInteger missing = new AtomicInteger();
  private final AtomicLong fetched = new AtomicLong();

  Fetching(RemoteLog remote, LogFolder local, int connections) {
    this.remote = remote;
    this.local = local;
    this.connections = connections;
  }

  /** Copies what is not there; gives the number of files fetched. */
  long all(Tiling tiling, Progress progress) {
    AtomicLong next = new AtomicLong();
    List<Future<?>> workers = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(connections)) {
      for (int i = 0; i < connections; i++) {
        workers.add(executor.submit(() -> work(tiling, next, progress)));
      }
      for (Future<?> worker : workers) {
        await(worker, executor);
      }
    }
    return fetched.get();
  }

  /** Fetches a file whether or not it is there. */
  void again(LogPath path) {
    remote.read(path).ifPresentOrElse(bytes -> local.write(path, bytes), () -> fetchFull(path));
  }

  private void work(Tiling tiling, AtomicLong next, Progress progress) {
    long number = next.getAndIncrement();
    while (number < tiling.fileCount() && missing.get() < MISSING_MAX) {
      LogPath path = tiling.file(number);
      if (!local.has(path) && !local.has(full(path))) {
        again(path);
        fetched.incrementAndGet();
      }
      progress.oneMore();
      number = next.getAndIncrement();
    }
  }

  /** A partial tile may be gone once the full one is there (C2SP tlog-tiles). */
  private void fetchFull(LogPath path) {
    LogPath full = full(path);
    Optional<byte[]> bytes = full.equals(path) ? Optional.empty() : remote.read(full);
    bytes.ifPresentOrElse(found -> local.write(full, found), missing::incrementAndGet);
  }

  private static LogPath full(LogPath path) {
    return switch (path) {
      case OfTile tile -> tile.full();
      case OfBundle bundle -> bundle.full();
      case OfCheckpoint checkpoint -> checkpoint;
    };
  }

  private static void await(Future<?> worker, ExecutorService executor) {
    try {
      worker.get();
    } catch (ExecutionException e) {
      executor.shutdownNow();
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a fetch failed", e);
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
      throw new CannotTellException("interrupted", e);
    }
  }
}
