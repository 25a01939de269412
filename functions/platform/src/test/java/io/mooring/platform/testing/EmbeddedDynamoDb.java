package io.mooring.platform.testing;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import io.mooring.platform.table.TableSchema;
import io.mooring.platform.table.dynamodb.DynamoDbFaults;
import io.mooring.platform.table.dynamodb.TableSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB Local in this process, in memory, with a new table for whoever asks. */
public final class EmbeddedDynamoDb {
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final EmbeddedDynamoDb SHARED = new EmbeddedDynamoDb();

  private final DynamoDbClient client;

  private EmbeddedDynamoDb() {
    try {
      int port = freePort();
      DynamoDBProxyServer server =
          ServerRunner.createServerFromCommandLineArgs(
              new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
      server.start();
      client =
          DynamoDbFaults.withoutRetries(DynamoDbClient.builder())
              .endpointOverride(URI.create("http://127.0.0.1:" + port))
              .region(Region.US_EAST_1)
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
              .httpClient(UrlConnectionHttpClient.create())
              .build();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not start", e);
    }
  }

  public static DynamoDbClient client() {
    return SHARED.client;
  }

  /** The name of a table that nobody else uses. */
  public static String newTable() {
    TableSchema schema = TableSchema.MOORING.named("mooring-" + TABLES.incrementAndGet());
    new TableSetup(client()).create(schema);
    return schema.name();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void stop(DynamoDBProxyServer server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not stop", e);
    }
  }
}
