package io.mooring.iac;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Permission;
import software.constructs.Construct;

/** The WebSocket API of chains: subscriptions of Ethereum's JSON-RPC. */
final class SocketGate extends Construct {
  /** The function judges the credential, at {@code $connect} and with every message. */
  private static final List<String> ROUTES = List.of("$connect", "$disconnect", "$default");

  private static final String STAGE = "v1";

  SocketGate(Construct scope, Functions functions, Functions.Stores stores) {
    super(scope, "SocketGate");
    Function sockets = functions.of(Deployable.SOCKETS);
    CfnApi api =
        CfnApi.Builder.create(this, "Api")
            .name("mooring-sockets")
            .protocolType("WEBSOCKET")
            .routeSelectionExpression("$request.body.method")
            .build();
    CfnIntegration integration =
        CfnIntegration.Builder.create(this, "Integration")
            .apiId(api.getAttrApiId())
            .integrationType("AWS_PROXY")
            .integrationUri(
                Fn.join(
                    "",
                    List.of(
                        "arn:",
                        Aws.PARTITION,
                        ":apigateway:",
                        Aws.REGION,
                        ":lambda:path/2015-03-31/functions/",
                        sockets.getFunctionArn(),
                        "/invocations")))
            .build();
    CfnStage stage =
        CfnStage.Builder.create(this, "Stage")
            .apiId(api.getAttrApiId())
            .stageName(STAGE)
            .autoDeploy(true)
            .defaultRouteSettings(
                CfnStage.RouteSettingsProperty.builder()
                    .throttlingRateLimit(RouteThrottle.RATE)
                    .throttlingBurstLimit(RouteThrottle.BURST)
                    .build())
            .build();
    for (String route : ROUTES) {
      stage
          .getNode()
          .addDependency(
              CfnRoute.Builder.create(this, route)
                  .apiId(api.getAttrApiId())
                  .routeKey(route)
                  .authorizationType("NONE")
                  .target("integrations/" + integration.getRef())
                  .build());
    }
    String ofThisApi =
        Fn.join(
            "",
            List.of(
                "arn:",
                Aws.PARTITION,
                ":execute-api:",
                Aws.REGION,
                ":",
                Aws.ACCOUNT_ID,
                ":",
                api.getAttrApiId(),
                "/"));
    sockets.addPermission(
        "sockets",
        Permission.builder()
            .principal(new ServicePrincipal("apigateway.amazonaws.com"))
            .sourceArn(Fn.join("", List.of(ofThisApi, "*")))
            .build());
    sockets.addToRolePolicy(
        PolicyStatement.Builder.create()
            .actions(List.of("execute-api:ManageConnections"))
            .resources(
                List.of(
                    Fn.join("", List.of(ofThisApi, STAGE + "/POST/@connections/*")),
                    Fn.join("", List.of(ofThisApi, STAGE + "/DELETE/@connections/*"))))
            .build());
    sockets.addEnvironment(
        "MOORING_SOCKETS_ENDPOINT",
        Fn.join(
            "",
            List.of(
                "https://",
                api.getAttrApiId(),
                ".execute-api.",
                Aws.REGION,
                ".",
                Aws.URL_SUFFIX,
                "/",
                STAGE)));
    sockets.addEventSource(Events.commits(stores));
  }
}
