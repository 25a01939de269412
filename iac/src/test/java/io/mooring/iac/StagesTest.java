package io.mooring.iac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stage has, and what can be chosen. */
class StagesTest {
  @TempDir Path folder;

  @Test
  void aStageHasWhatItDoesNotLeaveOut() {
    Map<Part, String> signs =
        Map.of(
            Part.FUNCTIONS, "AWS::Lambda::Function",
            Part.HTTP_GATE, "AWS::ApiGatewayV2::Authorizer",
            Part.SCHEDULES, "AWS::Scheduler::Schedule",
            Part.DEVICES, "AWS::IoT::TopicRule",
            Part.DISTRIBUTION, "AWS::CloudFront::Distribution",
            Part.ALARMS, "AWS::CloudWatch::Dashboard",
            Part.BUDGET, "AWS::Budgets::Budget");
    for (Stage stage :
        java.util.List.of(Stage.DEV, Stage.PROD, Stage.LOCALSTACK, Templates.WHOLE)) {
      JsonNode template = Templates.of(stage);
      signs.forEach(
          (part, type) ->
              assertEquals(
                  stage.has(part),
                  !Templates.resources(template, type).isEmpty(),
                  stage.word() + " " + part));
      assertEquals(
          stage.has(Part.SOCKET_GATE), template.toString().contains("\"WEBSOCKET\""), stage.word());
      assertEquals(
          stage.has(Part.SUPPORT), template.toString().contains("mooring-support"), stage.word());
    }
  }

  @Test
  void theStageForLocalStackHoldsNothingButStores() {
    Set<String> types = new TreeSet<>(Templates.of(Stage.LOCALSTACK).findValuesAsText("Type"));
    assertEquals(
        Set.of(
            "AWS::DynamoDB::Table",
            "AWS::KMS::Alias",
            "AWS::KMS::Key",
            "AWS::S3::Bucket",
            "AWS::S3::BucketPolicy",
            "AWS::SQS::Queue",
            "AWS::SQS::QueuePolicy"),
        types);
  }

  @Test
  void packagesAreNamedAtDeploymentUnlessFilesAreGiven() {
    JsonNode parameters = Templates.of(Stage.PROD).get("Parameters");
    assertEquals(
        4, parameters.properties().stream().filter(p -> p.getKey().contains("Package")).count());

    JsonNode given =
        Templates.of(
            Stage.DEV,
            folder,
            Map.of("api", "src/test/resources/empty.zip", "jobs", "src/test/resources/empty.zip"));
    assertFalse(given.get("Parameters").toString().contains("Package"));
  }

  @Test
  void nativePackagesAndManagedInstancesCanBeChosen() {
    JsonNode chosen =
        Templates.of(
            Stage.DEV, folder, Map.of("packaging", "native", "computing", "managed-instances"));
    Templates.properties(chosen, "AWS::Lambda::Function")
        .forEach(
            function -> {
              assertEquals("provided.al2023", function.get("Runtime").asText());
              boolean serves = !function.at("/Environment/Variables").has("QUARKUS_LAMBDA_HANDLER");
              assertEquals(serves, function.has("CapacityProviderConfig"));
            });
    assertEquals(1, Templates.resources(chosen, "AWS::Lambda::CapacityProvider").size());
    assertTrue(
        Templates.resources(Templates.of(Stage.DEV), "AWS::Lambda::CapacityProvider").isEmpty());
  }

  @Test
  void oneArtifactIsSeveralFunctionsWithTheirOwnMemoryAndTime() {
    Map<String, JsonNode> functions = new java.util.HashMap<>();
    Templates.properties(Templates.of(Templates.WHOLE), "AWS::Lambda::Function")
        .forEach(function -> functions.put(function.get("FunctionName").asText(), function));
    for (Deployable one : Deployable.values()) {
      JsonNode function = functions.get("mooring-" + one.word());
      assertEquals(one.memoryMegabytes(), function.get("MemorySize").asInt());
      assertEquals(one.seconds(), function.get("Timeout").asInt());
      assertEquals("java25", function.get("Runtime").asText());
    }
  }
}
