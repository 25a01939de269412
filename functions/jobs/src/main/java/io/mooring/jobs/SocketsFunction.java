package io.mooring.jobs;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.contracts.rpc.GatewaySockets;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.identity.Bearer;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.StoreUnavailableException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Behind the WebSocket API: {@code $connect}, {@code $default} and {@code $disconnect} of chains'
 * JSON-RPC; and behind the table's stream, which tells the connections what they subscribed to.
 */
@Named("sockets")
@Singleton
public final class SocketsFunction implements RequestStreamHandler {
  private static final System.Logger LOG = System.getLogger(SocketsFunction.class.getName());
  private static final Map<String, Object> DONE = Map.of("statusCode", 200);

  private final GatewaySockets sockets;

  SocketsFunction(GatewaySockets sockets) {
    this.sockets = sockets;
  }

  @Override
  public void handleRequest(InputStream sent, OutputStream answer, Context context)
      throws IOException {
    JsonNode event = Events.tree(sent);
    if (Events.hasRecords(event)) {
      Events.writeFailures(
          answer, told(Events.firstOfEach(event, (pk, sk) -> Key.ledgerOfCommits(pk))));
    } else {
      Events.write(answer, answered(event));
    }
  }

  private List<String> told(Map<LedgerId, String> firstOfEach) {
    List<String> failures = new ArrayList<>();
    firstOfEach.forEach(
        (ledger, sequence) -> {
          try {
            sockets.committed(ledger);
          } catch (StoreUnavailableException | BlobsUnavailableException e) {
            LOG.log(System.Logger.Level.WARNING, "news of " + ledger.value() + " wait", e);
            failures.add(sequence);
          }
        });
    return failures;
  }

  private Map<String, Object> answered(JsonNode event) {
    String route = event.path("requestContext").path("routeKey").asText();
    String connection = event.path("requestContext").path("connectionId").asText();
    return switch (route) {
      case "$connect" -> connected(connection, event);
      case "$default" -> {
        sockets.received(connection, body(event));
        yield DONE;
      }
      case "$disconnect" -> {
        sockets.gone(connection);
        yield DONE;
      }
      default -> throw new IllegalArgumentException("there is no route '" + route + "'");
    };
  }

  private Map<String, Object> connected(String connection, JsonNode event) {
    try {
      JsonNode query = event.path("queryStringParameters");
      sockets.connect(connection, query.path("ledger").asText(), credential(event, query));
      return DONE;
    } catch (RefusedException refused) {
      return Map.of("statusCode", refused.refusal().status(), "body", refused.refusal().code());
    }
  }

  /** From the header, or from the query for clients that cannot send headers; else a stranger. */
  private static Optional<String> credential(JsonNode event, JsonNode query) {
    List<String> headers = new ArrayList<>();
    event
        .path("headers")
        .properties()
        .forEach(
            header -> {
              if (header.getKey().toLowerCase(Locale.ROOT).equals("authorization")) {
                headers.add(header.getValue().asText());
              }
            });
    if (!headers.isEmpty()) {
      return Optional.of(Bearer.of(headers));
    }
    return Optional.of(query.path("key").asText()).filter(key -> !key.isEmpty());
  }

  private static byte[] body(JsonNode event) {
    String body = event.path("body").asText();
    return event.path("isBase64Encoded").asBoolean()
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }
}
