package io.mooring.ledgers.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.Hash;
import io.mooring.ledgers.Addresses.Upload;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobName;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3AddressesTest {
  private static final Hash SHA256 = Hash.ofBytes(new byte[] {1});
  private static final BlobName NAME = BlobName.payload(new TenantId("ten_acme"), SHA256);

  private final S3Addresses addresses =
      new S3Addresses(
          S3Presigner.builder()
              .region(Region.EU_WEST_1)
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
              .build(),
          "mooring");

  @Test
  void anUploadIsOfTheVeryBytesThatWereAnnounced() {
    Upload upload = addresses.upload(NAME, SHA256, 7, Duration.ofMinutes(5));

    assertTrue(upload.address().getPath().endsWith("/" + NAME));
    assertTrue(upload.address().getQuery().contains("X-Amz-Expires=300"));
    String signed = upload.address().getQuery();
    assertTrue(
        signed.contains("x-amz-checksum-sha256"),
        "the checksum is part of what is signed: " + signed);
    assertTrue(
        signed.contains(SHA256.base64())
            || SHA256.base64().equals(upload.headers().get("x-amz-checksum-sha256")));
  }

  @Test
  void aDownloadIsOfThatObjectAndExpires() {
    var address = addresses.download(NAME, Duration.ofSeconds(60));

    assertTrue(address.getPath().endsWith("/" + NAME));
    assertTrue(address.getQuery().contains("X-Amz-Expires=60"));
    assertEquals("https", address.getScheme());
  }
}
