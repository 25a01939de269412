package io.mooring.platform.testing;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import io.mooring.platform.aws.Wire;
import io.mooring.platform.table.TableSchema;
import io.mooring.platform.table.dynamodb.TableSetup;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * DynamoDB Local in this process, in memory, with a new table for whoever asks; or one elsewhere.
 */
public final class EmbeddedDynamoDb {
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final EmbeddedDynamoDb SHARED = new EmbeddedDynamoDb();

  private final URI endpoint;
  private final DynamoDbClient client;

  private EmbeddedDynamoDb() {
    if (Elsewhere.endpoint().isPresent()) {
      endpoint = Elsewhere.endpoint().get();
      client = connect(List.of());
      return;
    }
    try {
      int port = freePort();
      DynamoDBProxyServer server =
          ServerRunner.createServerFromCommandLineArgs(
              new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
      listenOnLoopback(server);
      server.start();
      endpoint = URI.create("http://127.0.0.1:" + port);
      client = connect(List.of());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not start", e);
    }
  }

  /** It would listen on every address, and has no setting for that. */
  private static void listenOnLoopback(DynamoDBProxyServer server)
      throws ReflectiveOperationException {
    Field field = DynamoDBProxyServer.class.getDeclaredField("server");
    field.setAccessible(true);
    for (Connector connector : ((Server) field.get(server)).getConnectors()) {
      ((ServerConnector) connector).setHost("127.0.0.1");
    }
  }

  private DynamoDbClient connect(List<ExecutionInterceptor> interceptors) {
    return DynamoDbClient.builder()
        .overrideConfiguration(
            override ->
                override
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .executionInterceptors(interceptors))
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(Wire.builder())
        .build();
  }

  public static DynamoDbClient client() {
    return SHARED.client;
  }

  /** A client with something between it and the engine. */
  public static DynamoDbClient client(ExecutionInterceptor between) {
    return SHARED.connect(List.of(between));
  }

  /** The name of a table that nobody else uses. */
  public static String newTable() {
    TableSchema schema =
        TableSchema.MOORING.named(Elsewhere.fresh("mooring-" + TABLES.incrementAndGet()));
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
