package io.mooring.iac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.table.Key;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Judges requests by the policies in the template, as IAM would: a small evaluator of the few
 * condition operators that they use, over the very keys that the code makes.
 */
class PermissionsTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final TenantId ACME2 = new TenantId("ten_acme2");
  private static final LedgerId LEDGER = new LedgerId(ACME, "led_journal");
  private static final String COMMIT = Key.commit(LEDGER, 41).partition();
  private static final String DERIVED = Key.of(LEDGER, "W", "log").partition();
  private static final String PURSE = Key.of(ACME, "PURSE").partition();
  private static final String HINT = Key.hint(ACME, "KEYUSE", "key_1").partition();

  private static final String PUT = "dynamodb:PutItem";
  private static final String DELETE = "dynamodb:DeleteItem";
  private static final String UPDATE = "dynamodb:UpdateItem";
  private static final String BATCH = "dynamodb:BatchWriteItem";
  private static final String CHECK = "dynamodb:ConditionCheckItem";
  private static final String TRANSACTION = "TransactWriteItems";

  static Stream<Deployable> committers() {
    return Stream.of(Deployable.values()).filter(one -> one.may(Grant.COMMIT));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("committers")
  void aCommitIsPutAloneOrWithItsEffects(Deployable one) {
    Role role = role(one);
    assertTrue(role.may(PUT, COMMIT));
    assertTrue(role.within(TRANSACTION).may(PUT, COMMIT));
    for (String action : List.of(PUT, DELETE, CHECK)) {
      assertTrue(role.within(TRANSACTION).may(action, PURSE), action);
    }
    assertTrue(role.may("dynamodb:Query", COMMIT));
    assertTrue(role.may("dynamodb:GetItem", PURSE));
  }

  @ParameterizedTest
  @EnumSource(Deployable.class)
  void aCommitIsNeitherDeletedNorUpdatedByAnybody(Deployable one) {
    for (String action : List.of(DELETE, UPDATE, BATCH)) {
      assertFalse(role(one).may(action, COMMIT), action);
      assertFalse(role(one).within(TRANSACTION).may(action, COMMIT), action);
    }
    assertFalse(role(one).may(BATCH, DERIVED, COMMIT), "one commit among many items");
  }

  @ParameterizedTest
  @EnumSource(Deployable.class)
  void moneyChangesInTransactionsOnly(Deployable one) {
    for (String action : List.of(PUT, DELETE, UPDATE, BATCH)) {
      assertFalse(role(one).may(action, PURSE), action);
    }
    assertFalse(role(one).within(TRANSACTION).may(UPDATE, PURSE));
  }

  @ParameterizedTest
  @EnumSource(Deployable.class)
  void onlyWhoDerivesWritesDerivedItems(Deployable one) {
    assertEquals(one.may(Grant.DERIVE), role(one).may(BATCH, DERIVED));
    assertEquals(one.may(Grant.DERIVE) || one.may(Grant.HINT), role(one).may(BATCH, HINT));
  }

  @Test
  void theAuthoriserWritesHintsAndNothingElse() {
    Role role = role(Deployable.AUTHORISER);
    for (String action : List.of(PUT, DELETE, UPDATE, CHECK)) {
      for (String partition : List.of(COMMIT, DERIVED, PURSE, HINT)) {
        assertFalse(role.may(action, partition), action + " " + partition);
        assertFalse(role.within(TRANSACTION).may(action, partition), action + " " + partition);
      }
    }
  }

  @Test
  void aSessionOfSupportReadsItsTenantAlone() {
    Role role = support("ten_acme");
    for (String partition : List.of(PURSE, COMMIT, DERIVED)) {
      assertTrue(role.may("dynamodb:GetItem", partition));
    }
    assertFalse(role.may("dynamodb:GetItem", Key.of(ACME2, "PURSE").partition()));
    assertFalse(role.may("dynamodb:BatchGetItem", PURSE, Key.of(ACME2, "PURSE").partition()));
    assertFalse(role.may(PUT, PURSE));
    assertFalse(role.may("dynamodb:Scan", PURSE));
    JsonNode trust =
        Templates.properties(Templates.of(Templates.WHOLE), "AWS::IAM::Role").stream()
            .filter(one -> one.path("RoleName").asText().equals("mooring-support"))
            .findFirst()
            .orElseThrow()
            .get("AssumeRolePolicyDocument");
    assertTrue(trust.toString().contains("\"aws:RequestTag/tenant\":\"ten_*\""), trust.toString());
  }

  private static Role role(Deployable one) {
    return new Role(statements(one.word() + "role"), Optional.empty(), "");
  }

  private static Role support(String tenant) {
    return new Role(statements("SupportRole"), Optional.empty(), tenant);
  }

  private static List<JsonNode> statements(String role) {
    List<JsonNode> found =
        Templates.properties(Templates.of(Templates.WHOLE), "AWS::IAM::Policy").stream()
            .filter(policy -> policy.get("Roles").toString().contains(role))
            .flatMap(
                policy -> SecurityRulesTest.list(policy.at("/PolicyDocument/Statement")).stream())
            .toList();
    assertFalse(found.isEmpty(), "no policy of " + role);
    return found;
  }

  /** Somebody who asks. */
  private record Role(List<JsonNode> statements, Optional<String> enclosing, String tenant) {
    Role within(String operation) {
      return new Role(statements, Optional.of(operation), tenant);
    }

    boolean may(String action, String... partitions) {
      return matches("Allow", action, partitions) && !matches("Deny", action, partitions);
    }

    private boolean matches(String effect, String action, String... partitions) {
      return statements.stream()
          .filter(one -> one.get("Effect").asText().equals(effect))
          .filter(one -> SecurityRulesTest.texts(one.get("Action")).contains(action))
          .anyMatch(one -> holds(one.path("Condition"), List.of(partitions)));
    }

    private boolean holds(JsonNode conditions, List<String> partitions) {
      return conditions.properties().stream()
          .allMatch(
              operator ->
                  operator.getValue().properties().stream()
                      .allMatch(
                          key ->
                              holds(
                                  operator.getKey(),
                                  key.getKey(),
                                  SecurityRulesTest.texts(key.getValue()),
                                  partitions)));
    }

    private boolean holds(
        String operator, String key, List<String> allowed, List<String> partitions) {
      List<String> asked =
          switch (key) {
            case "dynamodb:LeadingKeys" -> partitions;
            case "dynamodb:EnclosingOperation" -> enclosing.stream().toList();
            case "aws:PrincipalTag/tenant" -> tenant.isEmpty() ? List.of() : List.of(tenant);
            default -> throw new AssertionError("a condition that this test does not know: " + key);
          };
      return switch (operator) {
        case "ForAllValues:StringLike" -> asked.stream().allMatch(one -> like(one, allowed));
        case "ForAnyValue:StringLike" -> asked.stream().anyMatch(one -> like(one, allowed));
        case "ForAnyValue:StringEquals" -> asked.stream().anyMatch(allowed::contains);
        case "Null" -> Boolean.parseBoolean(allowed.getFirst()) == asked.isEmpty();
        default ->
            throw new AssertionError("an operator that this test does not know: " + operator);
      };
    }

    private boolean like(String value, List<String> patterns) {
      return patterns.stream()
          .map(pattern -> pattern.replace("${aws:PrincipalTag/tenant}", tenant))
          .map(pattern -> Pattern.quote(pattern).replace("*", "\\E.*\\Q"))
          .anyMatch(value::matches);
    }
  }
}
