package io.mooring.ledgers;

import io.mooring.ledger.Hash;
import io.mooring.platform.blob.BlobName;
import java.net.URI;
import java.time.Duration;
import java.util.TreeMap;

/** Addresses that lead nowhere: tests put blobs into the store by themselves. */
public final class NoAddresses implements Addresses {
  @Override
  public Upload upload(BlobName name, Hash sha256, long length, Duration valid) {
    return new Upload(URI.create("https://store.example/" + name), new TreeMap<>());
  }

  @Override
  public URI download(BlobName name, Duration valid) {
    return URI.create("https://store.example/" + name);
  }
}
