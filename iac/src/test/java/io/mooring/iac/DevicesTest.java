package io.mooring.iac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a published message to its function, and where it goes when that does not work. */
class DevicesTest {
  private final JsonNode template = Templates.of(Stage.PROD);
  private final Map.Entry<String, JsonNode> rule = only("AWS::IoT::TopicRule");
  private final JsonNode payload = rule.getValue().at("/Properties/TopicRulePayload");

  @Test
  void theRuleSaysWhoPublishedAndByWhatNameTheMessageIsKnown() {
    String sql = payload.get("Sql").asText();
    for (String told :
        List.of(
            "encode(*, 'base64') AS payload",
            "topic() AS topic",
            "principal() AS principal",
            "traceid() AS trace")) {
      assertTrue(sql.contains(told), told);
    }
    assertTrue(sql.endsWith("FROM 't/+/l/+/#'"), sql);
  }

  @Test
  void theRuleCallsTheFunctionAndNobodyElseOfIotMay() {
    String function = payload.at("/Actions/0/Lambda/FunctionArn/Fn::GetAtt/0").asText();
    assertEquals("mooring-readings", properties(function).get("FunctionName").asText());

    JsonNode permission =
        Templates.properties(template, "AWS::Lambda::Permission").stream()
            .filter(one -> one.get("Principal").asText().equals("iot.amazonaws.com"))
            .findFirst()
            .orElseThrow();
    assertEquals(function, permission.at("/FunctionName/Fn::GetAtt/0").asText());
    assertEquals(rule.getKey(), permission.at("/SourceArn/Fn::GetAtt/0").asText());
  }

  @Test
  void whatCannotBeHandedOverOrWorkedOnIsKept() {
    JsonNode undelivered = payload.at("/ErrorAction/Sqs");
    assertEquals("mooring-events-dead", queue(undelivered.at("/QueueUrl/Ref").asText()));

    JsonNode retries = only("AWS::Lambda::EventInvokeConfig").getValue().get("Properties");
    assertEquals(2, retries.get("MaximumRetryAttempts").asInt());
    assertEquals(
        "mooring-events-dead",
        queue(retries.at("/DestinationConfig/OnFailure/Destination/Fn::GetAtt/0").asText()));
  }

  @Test
  void theFunctionIsToldWhereToPutWhatItRefuses() {
    String function = payload.at("/Actions/0/Lambda/FunctionArn/Fn::GetAtt/0").asText();
    JsonNode told = properties(function).at("/Environment/Variables");
    assertEquals(
        "mooring-events-dead", queue(told.at("/MOORING_READINGS_DEAD_LETTERS/Ref").asText()));
    assertEquals("readings", told.get("QUARKUS_LAMBDA_HANDLER").asText());
  }

  private Map.Entry<String, JsonNode> only(String type) {
    Map<String, JsonNode> all = Templates.resources(template, type);
    assertEquals(1, all.size(), type);
    return all.entrySet().iterator().next();
  }

  private JsonNode properties(String id) {
    return template.at("/Resources/" + id + "/Properties");
  }

  private String queue(String id) {
    return properties(id).path("QueueName").asText();
  }
}
