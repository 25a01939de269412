package io.mooring.contracts.state;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Pages of runs that were written or read here, of all chains of a process, in several {@link
 * PageFile}s, so that who reads one page does not wait for who reads another. Thread-safe.
 */
public final class PageFiles {
  private static final int FILES = 16;

  private final PageFile[] files = new PageFile[FILES];

  /**
   * @param bytesMax what all of them may take together; nothing before the first page
   */
  public PageFiles(Path folder, long bytesMax) {
    for (int i = 0; i < FILES; i++) {
      files[i] = new PageFile(folder, bytesMax / FILES);
    }
  }

  Optional<byte[]> get(PageFile.Place place) {
    return file(place).get(place);
  }

  void put(PageFile.Place place, byte[] from, int offset, int length) {
    file(place).put(place, from, offset, length);
  }

  private PageFile file(PageFile.Place place) {
    int hash = place.hashCode();
    return files[(hash ^ hash >>> 8 ^ hash >>> 16) & FILES - 1];
  }
}
