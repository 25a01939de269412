package io.mooring.iac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.platform.table.TableSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the templates must hold, whatever else changes in them. */
class SecurityRulesTest {
  static Stream<Stage> stages() {
    return Stream.of(Stage.DEV, Stage.PROD, Stage.LOCALSTACK, Templates.WHOLE);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void theTableIsTheOneThatTheApplicationStartsOver(Stage stage) {
    JsonNode table = only(Templates.of(stage), "AWS::DynamoDB::Table");
    TableSchema schema = TableSchema.MOORING;
    assertEquals(schema.name(), table.get("TableName").asText());
    assertEquals(
        List.of(schema.partitionKey() + " HASH", schema.sortKey() + " RANGE"),
        list(table.get("KeySchema")).stream()
            .map(key -> key.get("AttributeName").asText() + " " + key.get("KeyType").asText())
            .toList());
    assertEquals(
        Set.of("S"),
        Set.copyOf(table.get("AttributeDefinitions").findValuesAsText("AttributeType")));
    assertEquals(
        schema.expiryAttribute(), table.at("/TimeToLiveSpecification/AttributeName").asText());
    assertEquals("PAY_PER_REQUEST", table.get("BillingMode").asText());
    assertEquals(
        schema.recoverable(),
        table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled").asBoolean());
    assertEquals("NEW_IMAGE", table.at("/StreamSpecification/StreamViewType").asText());
    assertEquals("KMS", table.at("/SSESpecification/SSEType").asText());
  }

  @Test
  void whatIsKeptSurvivesItsStack() {
    JsonNode template = Templates.of(Stage.PROD);
    assertTrue(only(template, "AWS::DynamoDB::Table").get("DeletionProtectionEnabled").asBoolean());
    for (String type : List.of("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key")) {
      Templates.resources(template, type)
          .forEach((id, one) -> assertEquals("Retain", one.path("DeletionPolicy").asText(), id));
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void everyBucketIsPrivateVersionedEncryptedAndByTlsOnly(Stage stage) {
    JsonNode template = Templates.of(stage);
    var buckets = Templates.resources(template, "AWS::S3::Bucket");
    assertEquals(2, buckets.size());
    buckets.forEach(
        (id, bucket) -> {
          JsonNode properties = bucket.get("Properties");
          for (String wall :
              List.of(
                  "BlockPublicAcls",
                  "BlockPublicPolicy",
                  "IgnorePublicAcls",
                  "RestrictPublicBuckets")) {
            assertTrue(properties.at("/PublicAccessBlockConfiguration/" + wall).asBoolean(), id);
          }
          assertEquals("Enabled", properties.at("/VersioningConfiguration/Status").asText(), id);
          assertEquals(
              "aws:kms", properties.get("BucketEncryption").findValue("SSEAlgorithm").asText(), id);
          JsonNode tls =
              statement(policyOf(template, "AWS::S3::BucketPolicy", id), "false", "Bool");
          assertEquals("Deny", tls.get("Effect").asText());
          assertEquals("s3:*", tls.get("Action").asText());
        });
  }

  @ParameterizedTest
  @MethodSource("stages")
  void whatIsWrittenOnceCannotBeWrittenOver(Stage stage) {
    JsonNode template = Templates.of(stage);
    Templates.resources(template, "AWS::S3::Bucket")
        .forEach(
            (id, bucket) -> {
              JsonNode over = policyOf(template, "AWS::S3::BucketPolicy", id);
              JsonNode deny =
                  list(over).stream()
                      .filter(one -> one.path("Sid").asText().equals("NeverOver"))
                      .findFirst()
                      .orElseThrow();
              assertEquals("Deny", deny.get("Effect").asText());
              assertEquals("s3:PutObject", deny.get("Action").asText());
              assertEquals("true", deny.at("/Condition/Null/s3:if-none-match").asText());
              String where = deny.get("Resource").toString();
              if (id.contains("objects")) {
                Buckets.WRITTEN_ONCE.forEach(
                    kind -> assertTrue(where.contains("/*/" + kind + "/*"), where));
                assertFalse(where.contains("head"), where);
              } else {
                assertTrue(where.contains("\"/*\""), where);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("stages")
  void objectsAreLockedForAsLongAsTheTableCanBeBroughtBack(Stage stage) {
    JsonNode template = Templates.of(stage);
    JsonNode lock =
        Templates.properties(template, "AWS::S3::Bucket").stream()
            .filter(one -> one.path("ObjectLockEnabled").asBoolean())
            .findFirst()
            .orElseThrow()
            .at("/ObjectLockConfiguration/Rule/DefaultRetention");
    assertEquals("GOVERNANCE", lock.get("Mode").asText());
    assertEquals(
        only(template, "AWS::DynamoDB::Table")
            .at("/PointInTimeRecoverySpecification/RecoveryPeriodInDays")
            .asInt(),
        lock.get("Days").asInt());
    assertFalse(template.toString().contains("s3:BypassGovernanceRetention"));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void everyQueueIsEncryptedAndByTlsOnlyAndTheIntakeHasDeadLetters(Stage stage) {
    JsonNode template = Templates.of(stage);
    var queues = Templates.resources(template, "AWS::SQS::Queue");
    assertEquals(3, queues.size());
    queues.forEach(
        (id, queue) -> {
          assertTrue(queue.at("/Properties").has("KmsMasterKeyId"), id);
          JsonNode tls =
              statement(policyOf(template, "AWS::SQS::QueuePolicy", id), "false", "Bool");
          assertEquals("Deny", tls.get("Effect").asText());
        });
    JsonNode intake =
        queues.values().stream()
            .map(queue -> queue.get("Properties"))
            .filter(queue -> queue.get("QueueName").asText().equals("mooring-intake"))
            .findFirst()
            .orElseThrow();
    assertEquals(Queues.DELIVERIES_MAX, intake.at("/RedrivePolicy/maxReceiveCount").asInt());
    assertTrue(
        intake.get("VisibilityTimeout").asInt() > Deployable.INTAKE.seconds(),
        "nobody else gets what a sequencer still works on");
  }

  @Test
  void whatFollowsCommitsIsToldOfPagesTooAndNobodyElseIs() {
    String commits = "#C#";
    String pages = "POOL#";
    Set<Set<String>> told = new HashSet<>();
    Templates.properties(Templates.of(Templates.WHOLE), "AWS::Lambda::EventSourceMapping").stream()
        .filter(source -> source.has("FilterCriteria"))
        .forEach(
            source -> {
              Set<String> suffixes = new HashSet<>();
              for (JsonNode filter : source.at("/FilterCriteria/Filters")) {
                String pattern = filter.get("Pattern").asText();
                assertTrue(pattern.contains("INSERT"), pattern);
                Stream.of(commits, pages).filter(pattern::contains).forEach(suffixes::add);
              }
              assertEquals(
                  suffixes.contains(pages),
                  source.get("FunctionName").toString().contains("commits"),
                  source.toString());
              told.add(suffixes);
            });
    assertEquals(Set.of(Set.of(commits), Set.of(commits, pages)), told);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void everyPurposeHasAKeyThatRotates(Stage stage) {
    var keys = Templates.properties(Templates.of(stage), "AWS::KMS::Key");
    assertEquals(Keys.Purpose.values().length, keys.size());
    keys.forEach(key -> assertTrue(key.get("EnableKeyRotation").asBoolean()));
  }

  @Test
  void everyFunctionHasItsOwnRoleLogAndKey() {
    JsonNode template = Templates.of(Templates.WHOLE);
    var functions = Templates.properties(template, "AWS::Lambda::Function");
    assertEquals(Deployable.values().length, functions.size());
    assertEquals(
        functions.size(), functions.stream().map(f -> f.get("Role").toString()).distinct().count());
    functions.forEach(
        function -> {
          assertTrue(function.has("KmsKeyArn"));
          assertTrue(function.at("/LoggingConfig").has("LogGroup"));
        });
    Templates.properties(template, "AWS::Logs::LogGroup")
        .forEach(log -> assertTrue(log.has("KmsKeyId") && log.has("RetentionInDays")));
  }

  @Test
  void noRoleMayDoEverythingToAnything() {
    for (JsonNode statement : statements(Templates.of(Templates.WHOLE))) {
      for (JsonNode action : list(statement.get("Action"))) {
        assertFalse(
            action.asText().equals("*") || action.asText().endsWith(":*"), statement.toString());
      }
      boolean anything =
          list(statement.get("Resource")).stream().anyMatch(r -> r.asText().equals("*"));
      assertTrue(
          !anything || Set.of(ANYWHERE).containsAll(texts(statement.get("Action"))),
          statement.toString());
    }
  }

  /** Lambda's tracing, and instances, have no resources to name. */
  private static final String[] ANYWHERE = {
    "xray:PutTraceSegments", "xray:PutTelemetryRecords", "dynamodb:ListStreams"
  };

  @Test
  void nobodyScansNorSpeaksPartiQl() {
    String all = statements(Templates.of(Templates.WHOLE)).toString();
    assertFalse(all.contains("dynamodb:Scan"));
    assertFalse(all.contains("dynamodb:PartiQL"));
    assertFalse(all.contains("dynamodb:DeleteTable"));
  }

  private static JsonNode only(JsonNode template, String type) {
    List<JsonNode> all = Templates.properties(template, type);
    assertEquals(1, all.size());
    return all.getFirst();
  }

  static List<JsonNode> statements(JsonNode template) {
    List<JsonNode> all = new ArrayList<>();
    for (String type : List.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")) {
      Templates.properties(template, type)
          .forEach(policy -> all.addAll(list(policy.at("/PolicyDocument/Statement"))));
    }
    return all;
  }

  private static JsonNode policyOf(JsonNode template, String type, String resource) {
    return Templates.properties(template, type).stream()
        .filter(
            policy ->
                policy.path("Bucket").path("Ref").asText().equals(resource)
                    || policy.path("Queues").toString().contains("\"" + resource + "\""))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no policy of " + resource))
        .at("/PolicyDocument/Statement");
  }

  private static JsonNode statement(JsonNode statements, String value, String test) {
    return list(statements).stream()
        .filter(one -> one.at("/Condition/" + test + "/aws:SecureTransport").asText().equals(value))
        .findFirst()
        .orElseThrow();
  }

  static List<String> texts(JsonNode oneOrMany) {
    return list(oneOrMany).stream().map(JsonNode::asText).toList();
  }

  static List<JsonNode> list(JsonNode oneOrMany) {
    if (!oneOrMany.isArray()) {
      return List.of(oneOrMany);
    }
    List<JsonNode> all = new ArrayList<>();
    oneOrMany.forEach(all::add);
    return all;
  }
}
