package io.mooring.iac;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * Rights on the table, told apart by the partitions that {@code Key} makes.
 *
 * <p>IAM sees partition keys and not sort keys, and it cannot ask for a condition on a write. So
 * commits and hints have partitions of their own, and a purse can change in a transaction alone.
 */
final class Permissions {
  /** Every item's partition. */
  static final String ANY = "T#ten_*";

  /** A ledger's partitions, its commits' among them. */
  static final String OF_LEDGERS = "T#ten_*#L#led_*";

  static final String COMMITS = "T#ten_*#L#led_*#C#";
  static final String HINTS = "T#ten_*#H#";

  /** Whose items a session may read that was tagged with a tenant. */
  static final String OF_THE_SESSION = "T#${aws:PrincipalTag/tenant}#*";

  private static final String LEADING = "dynamodb:LeadingKeys";
  private static final String ENCLOSING = "dynamodb:EnclosingOperation";
  private static final String TRANSACTION = "TransactWriteItems";
  private static final List<String> READS =
      List.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");

  private Permissions() {}

  /** Start-up compares the table's shape; nothing of an item is read by it. */
  static PolicyStatement shape(String table) {
    return allow("Shape", table)
        .actions(List.of("dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive"))
        .build();
  }

  static PolicyStatement read(String table) {
    return allow("Read", table).actions(READS).conditions(within(List.of(ANY))).build();
  }

  /** A commit without effects is one PutItem into a ledger's commits. */
  static PolicyStatement commit(String table) {
    return allow("Commit", table)
        .actions(List.of("dynamodb:PutItem"))
        .conditions(within(List.of(COMMITS)))
        .build();
  }

  /** Effects, purses among them, change in the transaction of their commit and in no other way. */
  static PolicyStatement commitWithEffects(String table) {
    return allow("CommitWithEffects", table)
        .actions(List.of("dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"))
        .conditions(
            Map.of(
                "ForAllValues:StringLike", Map.of(LEADING, List.of(ANY)),
                "ForAnyValue:StringEquals", Map.of(ENCLOSING, List.of(TRANSACTION))))
        .build();
  }

  /** What is derived from commits stands in the ledgers' partitions, or is a hint. */
  static PolicyStatement derive(String table) {
    return allow("Derive", table)
        .actions(List.of("dynamodb:BatchWriteItem"))
        .conditions(within(List.of(OF_LEDGERS, HINTS)))
        .build();
  }

  static PolicyStatement hint(String table) {
    return allow("Hint", table)
        .actions(List.of("dynamodb:BatchWriteItem"))
        .conditions(within(List.of(HINTS)))
        .build();
  }

  /** Whatever else is allowed: a commit is put once, and neither deleted nor updated. */
  static PolicyStatement commitsAreForEver(String table) {
    return PolicyStatement.Builder.create()
        .sid("CommitsAreForEver")
        .effect(Effect.DENY)
        .actions(List.of("dynamodb:DeleteItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem"))
        .resources(List.of(table))
        .conditions(Map.of("ForAnyValue:StringLike", Map.of(LEADING, List.of(COMMITS))))
        .build();
  }

  /** One tenant's items, for a session that says which. */
  static PolicyStatement readOfOneTenant(String table) {
    return allow("ReadOfOneTenant", table)
        .actions(READS)
        .conditions(
            Map.of(
                "ForAllValues:StringLike", Map.of(LEADING, List.of(OF_THE_SESSION)),
                "Null", Map.of("aws:PrincipalTag/tenant", "false")))
        .build();
  }

  /** The use of a key of KMS by way of one service, and in no other way. */
  static PolicyStatement useOfKey(String key, List<String> services) {
    return PolicyStatement.Builder.create()
        .actions(List.of("kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"))
        .resources(List.of(key))
        .conditions(
            Map.of(
                "StringLike",
                Map.of(
                    "kms:ViaService",
                    services.stream().map(service -> service + ".*.amazonaws.com").toList())))
        .build();
  }

  private static PolicyStatement.Builder allow(String sid, String resource) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .effect(Effect.ALLOW)
        .resources(List.of(resource));
  }

  private static Map<String, Object> within(List<String> partitions) {
    return Map.of("ForAllValues:StringLike", Map.of(LEADING, partitions));
  }
}
