package io.mooring.localstack.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Both engines, started together.
 *
 * <p>Only the JDK's types stand in its signatures, because the caller is of another class loader.
 */
public final class Engines implements Callable<Map<String, String>> {
  private static final String REGION = "us-east-1";

  private final Credentials credentials;
  private final DynamoDbEngine tables;
  private final S3Engine objects;

  private Engines(Credentials credentials, DynamoDbEngine tables, S3Engine objects) {
    this.credentials = credentials;
    this.tables = tables;
    this.objects = objects;
  }

  /** Engines that forget everything when they stop, for measurements. */
  public static Engines inMemory() {
    Credentials credentials = Credentials.fresh();
    return new Engines(credentials, DynamoDbEngine.inMemory(), S3Engine.inMemory(credentials));
  }

  public static Engines inFolder(Path folder) throws Exception {
    Credentials credentials = Credentials.fresh();
    return new Engines(
        credentials,
        DynamoDbEngine.inFolder(folder.resolve("dynamodb")),
        S3Engine.inFolder(folder.resolve("s3"), credentials));
  }

  /** Starts both and returns the application's settings that lead to them. */
  @Override
  public Map<String, String> call() throws Exception {
    return Map.ofEntries(
        Map.entry("quarkus.dynamodb.endpoint-override", tables.start().toString()),
        Map.entry("quarkus.dynamodb.aws.region", REGION),
        Map.entry("quarkus.dynamodb.aws.credentials.type", "static"),
        Map.entry(
            "quarkus.dynamodb.aws.credentials.static-provider.access-key-id",
            credentials.accessKey()),
        Map.entry(
            "quarkus.dynamodb.aws.credentials.static-provider.secret-access-key",
            credentials.secretKey()),
        Map.entry("quarkus.s3.endpoint-override", objects.start().toString()),
        Map.entry("quarkus.s3.path-style-access", "true"),
        Map.entry("quarkus.s3.aws.region", REGION),
        Map.entry("quarkus.s3.aws.credentials.type", "static"),
        Map.entry(
            "quarkus.s3.aws.credentials.static-provider.access-key-id", credentials.accessKey()),
        Map.entry(
            "quarkus.s3.aws.credentials.static-provider.secret-access-key",
            credentials.secretKey()));
  }
}
