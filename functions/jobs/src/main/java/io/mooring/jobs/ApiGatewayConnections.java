package io.mooring.jobs;

import io.mooring.contracts.rpc.GatewaySockets;
import io.mooring.contracts.rpc.GatewayUnavailableException;
import java.io.UncheckedIOException;
import java.time.Duration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/** The connections that API Gateway holds, by way of its {@code @connections} API. */
final class ApiGatewayConnections implements GatewaySockets.Gateway {
  /** How long one message may take; the client repeats what passes within it. */
  static final Duration CALL_MAX = Duration.ofSeconds(5);

  private final ApiGatewayManagementApiClient client;

  ApiGatewayConnections(ApiGatewayManagementApiClient client) {
    this.client = client;
  }

  @Override
  public boolean send(String connection, byte[] message) {
    try {
      client.postToConnection(
          post ->
              post.connectionId(connection)
                  .data(SdkBytes.fromByteArrayUnsafe(message))
                  .overrideConfiguration(call -> call.apiCallTimeout(CALL_MAX)));
      return true;
    } catch (GoneException e) {
      return false;
    } catch (SdkException | UncheckedIOException e) {
      throw new GatewayUnavailableException("API Gateway did not take a message", e);
    }
  }

  @Override
  public void cut(String connection) {
    try {
      client.deleteConnection(
          delete ->
              delete
                  .connectionId(connection)
                  .overrideConfiguration(call -> call.apiCallTimeout(CALL_MAX)));
    } catch (GoneException e) {
      return; // as it should be
    } catch (SdkException | UncheckedIOException e) {
      // It is forgotten already: its next message is answered by another try.
      System.getLogger(ApiGatewayConnections.class.getName())
          .log(System.Logger.Level.WARNING, "a connection was not cut off", e);
    }
  }
}
