package io.mooring.platform.blob;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Objects by name. An object that was {@link #create}d never changes; only what is published as the
 * latest state of something is {@link #replace}d. A failure throws {@link
 * BlobsUnavailableException}; every call here may be repeated.
 *
 * <p><b>Trust:</b> whoever controls the objects can withhold them, not change them unseen: readers
 * know the SHA-256 of what they ask for, or a signature over it.
 *
 * <p><b>Loss:</b> a lost segment is lost content, though what it was stays proven by the commits.
 */
public interface Blobs {
  /** Makes the object, if there is none of that name. */
  Created create(BlobName name, byte[] content);

  /** Makes the object, or puts it in the place of the one there. */
  void replace(BlobName name, byte[] content);

  Optional<byte[]> get(BlobName name);

  /** A stretch of the object; shorter where the object ends before it. */
  default Optional<byte[]> get(BlobName name, long from, int length) {
    return get(name)
        .map(
            whole ->
                Arrays.copyOfRange(
                    whole,
                    (int) Math.min(from, whole.length),
                    (int) Math.min(from + length, whole.length)));
  }

  /** The length of the object, if it is there. */
  Optional<Long> length(BlobName name);

  void delete(BlobName name);

  /** How many objects one {@link #list} gives at most. */
  int LIST_MAX = 1000;

  /**
   * Objects whose names begin with {@code prefix}, in the order of their names, those after {@code
   * after} only, which may be empty; at most {@link #LIST_MAX}, and none only where there are none.
   */
  List<Listed> list(String prefix, String after);

  /** One object as a list shows it, and when it was last written. */
  record Listed(BlobName name, Instant written) {}

  /** How a creation ended. */
  enum Created {
    NEW,
    ALREADY_THERE
  }
}
