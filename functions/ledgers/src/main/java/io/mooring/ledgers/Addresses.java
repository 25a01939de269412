package io.mooring.ledgers;

import io.mooring.ledger.Hash;
import io.mooring.platform.blob.BlobName;
import java.net.URI;
import java.time.Duration;
import java.util.SortedMap;

/**
 * Gives out addresses at which a client moves an object to or from the blob store by itself, so
 * that large payloads never pass through a function.
 *
 * <p><b>Trust:</b> whoever has an address can use it until it expires, for that one object.
 *
 * <p><b>Loss:</b> another one is given out.
 */
public interface Addresses {
  /** Where to PUT exactly the bytes of that hash and length, with these headers. */
  Upload upload(BlobName name, Hash sha256, long length, Duration valid);

  URI download(BlobName name, Duration valid);

  /** An address to PUT to, and the headers without which it refuses. */
  record Upload(URI address, SortedMap<String, String> headers) {}
}
