package io.mooring.api;

import static io.mooring.platform.table.dynamodb.DynamoDbFaults.within;

import io.mooring.platform.table.TableSchema;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/** Ready means that the table and the bucket answer. */
@Readiness
@ApplicationScoped
class StoresReady implements HealthCheck {
  static final Duration ANSWER_MAX = Duration.ofSeconds(2);

  /** No item has this key, because every tenant's begins otherwise. */
  private static final Map<String, AttributeValue> NOBODYS_KEY =
      Map.of(
          TableSchema.MOORING.partitionKey(), AttributeValue.fromS("ready"),
          TableSchema.MOORING.sortKey(), AttributeValue.fromS("ready"));

  private final DynamoDbClient tables;
  private final S3Client objects;
  private final StoresConfig config;

  StoresReady(DynamoDbClient tables, S3Client objects, StoresConfig config) {
    this.tables = tables;
    this.objects = objects;
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("stores");
    try {
      tables.getItem(
          get ->
              get.tableName(config.table())
                  .key(NOBODYS_KEY)
                  .overrideConfiguration(within(ANSWER_MAX)));
      objects.headBucket(
          head ->
              head.bucket(config.bucket())
                  .overrideConfiguration(override -> override.apiCallTimeout(ANSWER_MAX)));
      return answer.up().build();
    } catch (SdkException e) {
      return answer.down().withData("cause", e.getClass().getSimpleName()).build();
    }
  }
}
