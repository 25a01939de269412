package io.mooring.harness;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The table of the functions as the stack makes it: with a stream, which the engine alone has not.
 */
public final class Tables implements AutoCloseable {
  private static final String TABLE = "mooring";
  private static final String CREDENTIALS = "quarkus.dynamodb.aws.credentials.static-provider.";

  private final DynamoDbClient client;
  private final DynamoDbStreamsClient streams;

  /**
   * @param settings what leads functions to the engine
   */
  public Tables(Map<String, String> settings) {
    URI endpoint = URI.create(told(settings, "quarkus.dynamodb.endpoint-override"));
    Region region = Region.of(told(settings, "quarkus.dynamodb.aws.region"));
    AwsCredentialsProvider credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(
                told(settings, CREDENTIALS + "access-key-id"),
                told(settings, CREDENTIALS + "secret-access-key")));
    this.client =
        DynamoDbClient.builder()
            .endpointOverride(endpoint)
            .region(region)
            .credentialsProvider(credentials)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    this.streams =
        DynamoDbStreamsClient.builder()
            .endpointOverride(endpoint)
            .region(region)
            .credentialsProvider(credentials)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  private static String told(Map<String, String> settings, String name) {
    return Objects.requireNonNull(settings.get(name), name);
  }

  /** Tells the function of what is written from now on; the table is there already. */
  public StreamSource source(Function function, Predicate<Record> filter) {
    if (client.describeTable(ask -> ask.tableName(TABLE)).table().latestStreamArn() == null) {
      client.updateTable(
          update ->
              update
                  .tableName(TABLE)
                  .streamSpecification(
                      StreamSpecification.builder()
                          .streamEnabled(true)
                          .streamViewType(StreamViewType.NEW_IMAGE)
                          .build()));
    }
    String stream = client.describeTable(ask -> ask.tableName(TABLE)).table().latestStreamArn();
    return new StreamSource(streams, stream, function, filter);
  }

  @Override
  public void close() {
    client.close();
    streams.close();
  }
}
