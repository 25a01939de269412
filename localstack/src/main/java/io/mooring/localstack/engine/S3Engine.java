package io.mooring.localstack.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** S3Proxy on a free loopback port, checking signatures. */
final class S3Engine {
  private final String address = InetAddress.getLoopbackAddress().getHostAddress();
  private final S3Proxy proxy;

  private S3Engine(BlobStore blobs, Credentials credentials) {
    proxy =
        S3Proxy.builder()
            .blobStore(blobs)
            .awsAuthentication(
                AuthenticationType.AWS_V4, credentials.accessKey(), credentials.secretKey())
            .endpoint(URI.create("http://" + address + ":0"))
            .build();
  }

  static S3Engine inMemory(Credentials credentials) {
    return new S3Engine(new TransientNio2BlobStore(), credentials);
  }

  /** Keeps each object in a file of its own. */
  static S3Engine inFolder(Path folder, Credentials credentials) throws IOException {
    Files.createDirectories(folder);
    return new S3Engine(new FilesystemNio2BlobStore(folder.toString()), credentials);
  }

  URI start() throws Exception {
    proxy.start();
    return URI.create("http://" + address + ":" + proxy.getPort());
  }
}
