package io.mooring.platform.blob;

class InMemoryBlobsTest extends BlobsContract {
  @Override
  protected Blobs fresh() {
    return new InMemoryBlobs();
  }
}
