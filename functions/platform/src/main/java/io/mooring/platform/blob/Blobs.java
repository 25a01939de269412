package io.mooring.platform.blob;

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

  /** The length of the object, if it is there. */
  Optional<Long> length(BlobName name);

  void delete(BlobName name);

  /** How a creation ended. */
  enum Created {
    NEW,
    ALREADY_THERE
  }
}
