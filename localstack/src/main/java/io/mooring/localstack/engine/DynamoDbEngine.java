package io.mooring.localstack.engine;

import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * DynamoDB Local on a free loopback port.
 *
 * <p>Its own server would listen on every address and send telemetry; this one does neither. Nobody
 * stops it: what it has answered is in its file, however the process ends.
 */
final class DynamoDbEngine {
  private static final int NO_PORT_OF_ITS_OWN = 0;
  private static final boolean ONE_DATABASE_FOR_ALL_CREDENTIALS = true;
  private static final boolean WITHOUT_DELAYS = false;
  private static final String NO_CORS = "";

  private final Server server;

  private DynamoDbEngine(LocalDynamoDBRequestHandler tables) {
    LocalDynamoDBServerHandler handler = new LocalDynamoDBServerHandler(tables, NO_CORS);
    server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setHandler(new DynamoDBProxyServer(NO_PORT_OF_ITS_OWN, handler).setUpHandler(handler));
  }

  static DynamoDbEngine inMemory() {
    return new DynamoDbEngine(
        new LocalDynamoDBRequestHandler(
            NO_PORT_OF_ITS_OWN, true, null, ONE_DATABASE_FOR_ALL_CREDENTIALS, WITHOUT_DELAYS));
  }

  /** Keeps its tables in one SQLite file, with SQLite's own defaults. */
  static DynamoDbEngine inFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new DynamoDbEngine(new SettledTables(folder.toString()));
  }

  URI start() throws Exception {
    server.start();
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port);
  }
}
