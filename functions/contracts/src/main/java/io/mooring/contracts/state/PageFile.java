package io.mooring.contracts.state;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pages of runs in a file of this process alone, which is written round and round: the oldest give
 * way. Thread-safe.
 *
 * <p><b>Trust:</b> the file has no name once it is open, and goes with the process.
 *
 * <p><b>Loss:</b> nothing: a page that is not here is asked of the blob store again. Where the disk
 * fails there are no more pages here.
 */
final class PageFile {
  private static final System.Logger LOG = System.getLogger(PageFile.class.getName());

  /**
   * Which page it is.
   *
   * @param owner a chain never gets a page of another
   * @param run the last block of the run
   */
  record Place(long owner, long run, int part, int offset) {}

  private record Slot(long at, int length) {}

  private final Path folder;
  private final long bytesMax;

  /** In the order of the file, from the oldest on. */
  private final Map<Place, Slot> slots = new LinkedHashMap<>();

  private @Nullable RandomAccessFile file;
  private boolean failed;
  private long next;

  /** Takes nothing of the disk before the first page. */
  PageFile(Path folder, long bytesMax) {
    this.folder = folder;
    this.bytesMax = bytesMax;
  }

  synchronized Optional<byte[]> get(Place place) {
    Slot slot = slots.get(place);
    if (slot == null) {
      return Optional.empty();
    }
    byte[] page = new byte[slot.length];
    try {
      RandomAccessFile open = opened();
      open.seek(slot.at);
      open.readFully(page);
      return Optional.of(page);
    } catch (IOException e) {
      fail(e);
      return Optional.empty();
    }
  }

  synchronized void put(Place place, byte[] from, int offset, int length) {
    if (failed || length > bytesMax || slots.containsKey(place)) {
      return;
    }
    if (next + length > bytesMax) {
      makeRoom(bytesMax);
      next = 0;
    }
    makeRoom(next + length);
    try {
      RandomAccessFile open = opened();
      open.seek(next);
      open.write(from, offset, length);
    } catch (IOException e) {
      fail(e);
      return;
    }
    slots.put(place, new Slot(next, length));
    next += length;
  }

  /** Forgets what stands from the next place on and begins before {@code end}. */
  private void makeRoom(long end) {
    for (Iterator<Slot> eldest = slots.values().iterator(); eldest.hasNext(); ) {
      Slot slot = eldest.next();
      if (slot.at < next || slot.at >= end) {
        return;
      }
      eldest.remove();
    }
  }

  private RandomAccessFile opened() throws IOException {
    RandomAccessFile open = file;
    if (open == null) {
      Path path = Files.createTempFile(folder, "mooring", ".pages");
      try {
        open = new RandomAccessFile(path.toFile(), "rw");
      } finally {
        Files.delete(path);
      }
      file = open;
    }
    return open;
  }

  private void fail(IOException e) {
    LOG.log(System.Logger.Level.WARNING, "pages are no more held on disk", e);
    failed = true;
    slots.clear();
  }
}
