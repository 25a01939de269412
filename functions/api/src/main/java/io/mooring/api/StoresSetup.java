package io.mooring.api;

import io.mooring.platform.table.TableSchema;
import io.mooring.platform.table.dynamodb.TableSetup;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/** Refuses to start over stores that are not shaped as the code expects; makes them if told to. */
final class StoresSetup {
  void atStart(
      @Observes StartupEvent event, DynamoDbClient tables, S3Client objects, StoresConfig config) {
    TableSetup setup = new TableSetup(tables);
    TableSchema schema = TableSchema.MOORING.named(config.table());
    if (config.create()) {
      setup.create(schema);
      createBucket(objects, config.bucket());
    } else {
      setup.requireShape(schema);
      objects.headBucket(head -> head.bucket(config.bucket()));
    }
  }

  private static void createBucket(S3Client objects, String bucket) {
    try {
      objects.createBucket(create -> create.bucket(bucket));
    } catch (BucketAlreadyOwnedByYouException e) {
      assert e.statusCode() > 0; // It is there, which is what was asked for.
    }
  }
}
