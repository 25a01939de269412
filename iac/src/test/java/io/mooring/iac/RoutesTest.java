package io.mooring.iac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The gateway does what the OpenAPI document says. */
class RoutesTest {
  /** What API Gateway and CloudFormation have room for. */
  private static final int ROUTES_MAX = 300;

  private static final int RESOURCES_MAX = 500;

  private static final Contract CONTRACT =
      Contract.read(Templates.PROJECT.resolve("api-gateway/openapi.yaml"));

  @Test
  void everyOperationIsARouteAndAsksForACredentialWhereTheDocumentDoes() {
    Map<String, String> documented =
        CONTRACT.routes().stream()
            .collect(
                Collectors.toMap(
                    Contract.Route::key,
                    route -> route.authorised() ? "CUSTOM" : "NONE",
                    (one, other) -> one,
                    TreeMap::new));
    documented.put("$default", "NONE");
    assertEquals(documented, routes(Templates.of(Stage.PROD)));
  }

  @Test
  void whatNeedsACredentialAndWhatDoesNotIsWhatAnybodyWouldExpect() {
    Map<String, String> routes = routes(Templates.of(Stage.PROD));
    assertEquals("CUSTOM", routes.get("POST /v1/ledgers"));
    assertEquals("NONE", routes.get("GET /v1/limits"));
    assertEquals(
        "NONE", routes.get("GET /v1/ledgers/{ledger}/log/tile/{path+}"), "public logs exist");
  }

  @Test
  void everyThrottleIsOfARouteThatThereIs() {
    JsonNode settings =
        Templates.properties(Templates.of(Stage.PROD), "AWS::ApiGatewayV2::Stage").stream()
            .filter(stage -> stage.has("RouteSettings"))
            .findFirst()
            .orElseThrow()
            .get("RouteSettings");
    assertEquals(RouteThrottle.values().length, settings.size());
    for (RouteThrottle throttle : RouteThrottle.values()) {
      assertTrue(
          CONTRACT.routes().stream().anyMatch(route -> route.key().equals(throttle.route())),
          throttle.route());
      assertEquals(
          throttle.rate(),
          settings.at("/" + escaped(throttle.route()) + "/ThrottlingRateLimit").asInt());
    }
  }

  @Test
  void aFunctionEndsBeforeTheGatewayHangsUp() {
    // The WebSocket API's integration says no such version, and waits for 29 seconds by itself.
    Templates.properties(Templates.of(Stage.PROD), "AWS::ApiGatewayV2::Integration").stream()
        .filter(integration -> integration.has("PayloadFormatVersion"))
        .forEach(
            integration -> {
              int millis = integration.get("TimeoutInMillis").asInt();
              assertTrue(millis <= 30_000, "an HTTP API waits for thirty seconds at most");
              assertTrue(millis > Functions.REQUEST_SECONDS * 1000);
            });
  }

  @Test
  void anybodysPageMayAskButBringsNoCookies() {
    JsonNode cors =
        Templates.properties(Templates.of(Stage.PROD), "AWS::ApiGatewayV2::Api").stream()
            .filter(api -> api.get("ProtocolType").asText().equals("HTTP"))
            .findFirst()
            .orElseThrow()
            .get("CorsConfiguration");
    assertEquals("[\"*\"]", cors.get("AllowOrigins").toString());
    assertEquals(false, cors.get("AllowCredentials").asBoolean());
    assertTrue(cors.get("AllowHeaders").toString().contains("\"Idempotency-Key\""));
    assertTrue(cors.get("ExposeHeaders").toString().contains("\"RateLimit\""));
  }

  @Test
  void thereIsRoomForMoreRoutes() {
    JsonNode template = Templates.of(Templates.WHOLE);
    assertTrue(routes(template).size() <= ROUTES_MAX, "ask AWS for more routes, or split the API");
    assertTrue(template.get("Resources").size() <= RESOURCES_MAX * 9 / 10, "split the stack");
  }

  private static Map<String, String> routes(JsonNode template) {
    Map<String, String> routes = new TreeMap<>();
    Templates.properties(template, "AWS::ApiGatewayV2::Route").stream()
        .filter(route -> !route.get("RouteKey").asText().matches("\\$(dis)?connect"))
        .forEach(
            route ->
                routes.put(
                    route.get("RouteKey").asText(), route.get("AuthorizationType").asText()));
    return routes;
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
