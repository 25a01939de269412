package io.mooring.ledgers.s3;

import io.mooring.ledger.Hash;
import io.mooring.ledgers.Addresses;
import io.mooring.platform.blob.BlobName;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/** Presigned S3 requests; the checksum is among what is signed, so S3 takes no other bytes. */
public final class S3Addresses implements Addresses {
  private static final String HOST = "host"; // every HTTP client sends it by itself

  private final S3Presigner presigner;
  private final String bucket;

  public S3Addresses(S3Presigner presigner, String bucket) {
    this.presigner = presigner;
    this.bucket = bucket;
  }

  @Override
  public Upload upload(BlobName name, Hash sha256, long length, Duration valid) {
    PresignedPutObjectRequest signed =
        presigner.presignPutObject(
            presign ->
                presign
                    .signatureDuration(valid)
                    .putObjectRequest(
                        put ->
                            put.bucket(bucket)
                                .key(name.value())
                                .contentLength(length)
                                .checksumSHA256(sha256.base64())));
    SortedMap<String, String> headers = new TreeMap<>();
    signed
        .signedHeaders()
        .forEach(
            (header, values) -> {
              String lower = header.toLowerCase(Locale.ROOT);
              if (!lower.equals(HOST)) {
                headers.put(lower, String.join(",", values));
              }
            });
    return new Upload(URI.create(signed.url().toString()), headers);
  }

  @Override
  public URI download(BlobName name, Duration valid) {
    return URI.create(
        presigner
            .presignGetObject(
                presign ->
                    presign
                        .signatureDuration(valid)
                        .getObjectRequest(get -> get.bucket(bucket).key(name.value())))
            .url()
            .toString());
  }
}
