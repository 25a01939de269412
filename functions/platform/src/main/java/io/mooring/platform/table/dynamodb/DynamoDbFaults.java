package io.mooring.platform.table.dynamodb;

import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** What DynamoDB's failures mean: nothing was done, or nobody knows, or it is our own mistake. */
public final class DynamoDbFaults {
  private static final Set<String> THROTTLED =
      Set.of(
          "ProvisionedThroughputExceededException",
          "RequestLimitExceeded",
          "ThrottlingException",
          "TransactionConflictException");

  private static final int SERVER_ERROR = 500;

  private DynamoDbFaults() {}

  /** The store refused to work now, and did nothing. */
  public static boolean isThrottle(SdkException e) {
    return e instanceof AwsServiceException service
        && service.awsErrorDetails() != null
        && THROTTLED.contains(service.awsErrorDetails().errorCode());
  }

  /** The request may have been carried out, or may yet be. */
  public static boolean isAmbiguous(SdkException e) {
    return e instanceof SdkClientException
        || (e instanceof AwsServiceException service && service.statusCode() >= SERVER_ERROR);
  }

  public static boolean isTransient(SdkException e) {
    return isThrottle(e) || isAmbiguous(e);
  }

  /** Turns the client's own retries off: it must not repeat a write behind our back. */
  public static DynamoDbClientBuilder withoutRetries(DynamoDbClientBuilder builder) {
    return builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder()
            .retryStrategy(AwsRetryStrategy.doNotRetry())
            .build());
  }

  /** Refuses a client that would retry by itself. */
  public static void requireNoRetries(DynamoDbClient client) {
    int attempts =
        client
            .serviceClientConfiguration()
            .overrideConfiguration()
            .retryStrategy()
            .orElseThrow(() -> new IllegalArgumentException("the client's retries must be off"))
            .maxAttempts();
    if (attempts != 1) {
      throw new IllegalArgumentException("the client would try " + attempts + " times by itself");
    }
  }

  public static AwsRequestOverrideConfiguration within(Duration timeout) {
    return AwsRequestOverrideConfiguration.builder().apiCallTimeout(timeout).build();
  }
}
