package io.mooring.iac;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Permission;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** The HTTP API: routes, their functions and their authoriser, as the OpenAPI document says. */
final class HttpGate extends Construct {
  /**
   * How long an answer of the authoriser holds; a revoked key is out within revocationSecondsMax.
   */
  static final Duration AUTHORISED_FOR = Duration.seconds(5);

  private static final String DEFAULT_ROUTE = "$default";
  private static final String DEFAULT_STAGE = "$default";
  private static final String PAYLOAD_FORMAT = "2.0";
  private static final int CORS_SECONDS = 600;

  private final CfnApi api;

  HttpGate(Construct scope, Keys keys, Functions functions, Contract contract) {
    super(scope, "HttpGate");
    api =
        CfnApi.Builder.create(this, "Api")
            .name("mooring")
            .protocolType("HTTP")
            .corsConfiguration(
                CfnApi.CorsProperty.builder()
                    .allowOrigins(List.of("*"))
                    .allowMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"))
                    .allowHeaders(contract.requestHeaders())
                    .exposeHeaders(contract.responseHeaders())
                    .allowCredentials(false)
                    .maxAge(CORS_SECONDS)
                    .build())
            .build();
    String authoriser = authoriser(functions.of(Deployable.AUTHORISER));
    Map<Deployable, String> targets = new LinkedHashMap<>();
    List<CfnRoute> routes = new ArrayList<>();
    for (Contract.Route route : contract.routes()) {
      Deployable function = Deployable.ofTag(route.tag());
      String target = targets.computeIfAbsent(function, one -> target(one, functions.of(one)));
      CfnRoute.Builder made =
          CfnRoute.Builder.create(this, route.key())
              .apiId(api.getAttrApiId())
              .routeKey(route.key())
              .target(target);
      routes.add(
          route.authorised()
              ? made.authorizationType("CUSTOM").authorizerId(authoriser).build()
              : made.authorizationType("NONE").build());
    }
    // Pages, and the problem that says that there is no such thing.
    CfnRoute.Builder.create(this, "Everything else")
        .apiId(api.getAttrApiId())
        .routeKey(DEFAULT_ROUTE)
        .authorizationType("NONE")
        .target(targets.computeIfAbsent(Deployable.REST, one -> target(one, functions.of(one))))
        .build();
    CfnStage stage = stage(keys);
    routes.forEach(route -> stage.getNode().addDependency(route));
  }

  CfnApi api() {
    return api;
  }

  /** The API's own host, which the distribution stands in front of. */
  String host() {
    return Fn.join(
        "", List.of(api.getAttrApiId(), ".execute-api.", Aws.REGION, ".", Aws.URL_SUFFIX));
  }

  private String authoriser(Function function) {
    allow("authoriser", function);
    return CfnAuthorizer.Builder.create(this, "Authoriser")
        .apiId(api.getAttrApiId())
        .name("credential")
        .authorizerType("REQUEST")
        .authorizerPayloadFormatVersion(PAYLOAD_FORMAT)
        .enableSimpleResponses(true)
        .identitySource(List.of("$request.header.Authorization"))
        .authorizerResultTtlInSeconds(AUTHORISED_FOR.toSeconds())
        .authorizerUri(invocation(function))
        .build()
        .getRef();
  }

  private String target(Deployable one, Function function) {
    allow(one.word(), function);
    CfnIntegration integration =
        CfnIntegration.Builder.create(this, one.word() + "-integration")
            .apiId(api.getAttrApiId())
            .integrationType("AWS_PROXY")
            .integrationUri(invocation(function))
            .payloadFormatVersion(PAYLOAD_FORMAT)
            .timeoutInMillis((one.seconds() + 1) * 1000)
            .build();
    return "integrations/" + integration.getRef();
  }

  private void allow(String name, Function function) {
    function.addPermission(
        "http-" + name,
        Permission.builder()
            .principal(new ServicePrincipal("apigateway.amazonaws.com"))
            .sourceArn(
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
                        "/*")))
            .build());
  }

  private static String invocation(Function function) {
    return Fn.join(
        "",
        List.of(
            "arn:",
            Aws.PARTITION,
            ":apigateway:",
            Aws.REGION,
            ":lambda:path/2015-03-31/functions/",
            function.getFunctionArn(),
            "/invocations"));
  }

  private CfnStage stage(Keys keys) {
    LogGroup log =
        LogGroup.Builder.create(this, "Log")
            .logGroupName("/mooring/gateway")
            .encryptionKey(keys.of(Keys.Purpose.LOGS))
            .retention(RetentionDays.THREE_MONTHS)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Map<String, Object> throttles = new LinkedHashMap<>();
    for (RouteThrottle throttle : RouteThrottle.values()) {
      throttles.put(
          throttle.route(),
          Map.of(
              "ThrottlingRateLimit", throttle.rate(),
              "ThrottlingBurstLimit", throttle.burst(),
              "DetailedMetricsEnabled", true));
    }
    return CfnStage.Builder.create(this, "Stage")
        .apiId(api.getAttrApiId())
        .stageName(DEFAULT_STAGE)
        .autoDeploy(true)
        .defaultRouteSettings(
            CfnStage.RouteSettingsProperty.builder()
                .throttlingRateLimit(RouteThrottle.RATE)
                .throttlingBurstLimit(RouteThrottle.BURST)
                .detailedMetricsEnabled(true)
                .build())
        .routeSettings(throttles)
        .accessLogSettings(
            CfnStage.AccessLogSettingsProperty.builder()
                .destinationArn(log.getLogGroupArn())
                // No header, no query and no address: what could hold a credential or a person.
                .format(
                    "{\"request\":\"$context.requestId\",\"route\":\"$context.routeKey\","
                        + "\"status\":\"$context.status\",\"millis\":\"$context.responseLatency\"}")
                .build())
        .build();
  }
}
