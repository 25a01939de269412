package io.mooring.jobs;

import io.mooring.contracts.rpc.Dispatcher;
import io.mooring.contracts.rpc.GatewaySockets;
import io.mooring.contracts.rpc.http.RpcAccess;
import io.mooring.platform.aws.Wire;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.identity.Credentials;
import io.mooring.platform.secret.Secrets;
import io.mooring.platform.table.Table;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/** What answers the connections of a WebSocket API. */
final class SocketBeans {
  private SocketBeans() {}

  @Produces
  @Singleton
  static ApiGatewayManagementApiClient management(SocketsConfig config) {
    return ApiGatewayManagementApiClient.builder()
        .endpointOverride(
            config
                .endpoint()
                .orElseThrow(
                    () -> new IllegalStateException("mooring.sockets.endpoint is not set")))
        .httpClientBuilder(Wire.builder())
        .credentialsProvider(DefaultCredentialsProvider.builder().build())
        .build();
  }

  @Produces
  @Singleton
  static GatewaySockets sockets(
      Dispatcher dispatcher,
      RpcAccess access,
      Credentials credentials,
      Stores stores,
      Table table,
      Secrets secrets,
      ApiGatewayManagementApiClient management,
      InstantSource clock,
      RandomGenerator random) {
    return new GatewaySockets(
        dispatcher,
        (credential, ledger) -> access.session(credential.map(credentials::callerOf), ledger),
        ledger -> stores.commits().tip(ledger).map(Commit::end).orElse(0L),
        new GatewaySockets.Stores(table, stores.items(), secrets.secret("socket-credentials")),
        new ApiGatewayConnections(management),
        clock,
        random);
  }
}
