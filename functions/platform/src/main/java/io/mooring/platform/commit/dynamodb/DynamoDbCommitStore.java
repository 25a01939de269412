package io.mooring.platform.commit.dynamodb;

import static io.mooring.platform.table.dynamodb.Attributes.BODY;
import static io.mooring.platform.table.dynamodb.Attributes.bytes;
import static io.mooring.platform.table.dynamodb.Attributes.number;
import static io.mooring.platform.table.dynamodb.Attributes.text;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.Mending;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.StoreUnavailableException;
import io.mooring.platform.table.dynamodb.Attributes;
import io.mooring.platform.table.dynamodb.DynamoDbFaults;
import io.mooring.platform.table.dynamodb.DynamoDbTable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Commits in the single table, beside the items that they change.
 *
 * <pre>
 * pk                             sk                      b (bytes)
 * T#ten_acme#L#led_journal#C#    00000000000000000041#   commit record 41
 * </pre>
 *
 * <p>A commit without effects is one {@code PutItem}; one with effects is one {@code
 * TransactWriteItems} of the record and the items. Either way the record's condition is the only
 * commit point.
 */
public final class DynamoDbCommitStore implements CommitStore, Mending {
  private static final String IF_ABSENT = "attribute_not_exists(pk)";
  private static final String IF_PRESENT = "attribute_exists(pk)";
  private static final String IF_AT_VERSION = "v = :version";
  private static final String IF_AS_FOUND = "v = :version AND b = :body";
  private static final String BETWEEN = "pk = :partition AND sk BETWEEN :first AND :last";

  private static final String CONDITION_FAILED = "ConditionalCheckFailed";
  private static final String NONE = "None";

  private final DynamoDbClient client;
  private final String table;

  public DynamoDbCommitStore(DynamoDbClient client, String table) {
    DynamoDbFaults.requireNoRetries(client);
    this.client = client;
    this.table = table;
  }

  @Override
  public Optional<Stored> tip(LedgerId ledger) {
    return query(ledger, 1, false, 1).stream().findFirst();
  }

  @Override
  public Optional<Stored> read(LedgerId ledger, long number) {
    try {
      var response =
          client.getItem(
              get ->
                  get.tableName(table)
                      .key(Attributes.key(Key.commit(ledger, number)))
                      .consistentRead(true)
                      .overrideConfiguration(DynamoDbFaults.within(DynamoDbTable.CALL_MAX)));
      return response.hasItem() ? Optional.of(stored(response.item())) : Optional.empty();
    } catch (SdkException e) {
      throw unavailable(e);
    } catch (UncheckedIOException e) {
      throw new StoreUnavailableException("the connection to DynamoDB broke", e);
    }
  }

  @Override
  public List<Stored> range(LedgerId ledger, long from, int limit) {
    return query(ledger, from, true, Math.min(limit, RANGE_MAX));
  }

  private List<Stored> query(LedgerId ledger, long from, boolean ascending, int limit) {
    Key first = Key.commit(ledger, from);
    QueryRequest request =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .scanIndexForward(ascending)
            .limit(limit)
            .keyConditionExpression(BETWEEN)
            .expressionAttributeValues(
                Map.of(
                    ":partition", text(first.partition()),
                    ":first", text(first.sort()),
                    ":last", text(Key.commit(ledger, Long.MAX_VALUE).sort())))
            .overrideConfiguration(DynamoDbFaults.within(DynamoDbTable.CALL_MAX))
            .build();
    try {
      return client.query(request).items().stream().map(DynamoDbCommitStore::stored).toList();
    } catch (SdkException e) {
      throw unavailable(e);
    } catch (UncheckedIOException e) {
      throw new StoreUnavailableException("the connection to DynamoDB broke", e);
    }
  }

  @Override
  public Put put(Proposal proposal, Duration timeout) {
    try {
      return proposal.effects().isEmpty()
          ? putRecord(proposal, timeout)
          : putTransaction(proposal, timeout);
    } catch (SdkException e) {
      if (DynamoDbFaults.isThrottle(e)) {
        return new Put.Throttled(e);
      }
      if (DynamoDbFaults.isAmbiguous(e)) {
        return new Put.Unknown(e);
      }
      throw e;
    } catch (UncheckedIOException e) {
      // How the client tells of a connection that broke at the wrong moment: nobody knows.
      return new Put.Unknown(e);
    }
  }

  private Put putRecord(Proposal proposal, Duration timeout) {
    try {
      client.putItem(
          put ->
              put.tableName(table)
                  .item(record(proposal))
                  .conditionExpression(IF_ABSENT)
                  .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                  .overrideConfiguration(DynamoDbFaults.within(timeout)));
      return new Put.Won();
    } catch (ConditionalCheckFailedException e) {
      return new Put.Lost(stored(e.item()));
    }
  }

  private Put putTransaction(Proposal proposal, Duration timeout) {
    List<TransactWriteItem> actions = new ArrayList<>();
    actions.add(
        TransactWriteItem.builder()
            .put(
                put ->
                    put.tableName(table)
                        .item(record(proposal))
                        .conditionExpression(IF_ABSENT)
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD))
            .build());
    proposal.effects().forEach(effect -> actions.add(action(effect, proposal.number())));
    try {
      client.transactWriteItems(
          write ->
              write.transactItems(actions).overrideConfiguration(DynamoDbFaults.within(timeout)));
      return new Put.Won();
    } catch (TransactionCanceledException e) {
      return canceled(proposal, e);
    }
  }

  /** The record's own reason comes first, then one for each effect. */
  private static Put canceled(Proposal proposal, TransactionCanceledException e) {
    List<CancellationReason> reasons = e.cancellationReasons();
    CancellationReason record = reasons.getFirst();
    if (CONDITION_FAILED.equals(record.code())) {
      return new Put.Lost(stored(record.item()));
    }
    List<RefusedEffect> refused = new ArrayList<>();
    for (int i = 0; i < proposal.effects().size(); i++) {
      CancellationReason reason = reasons.get(i + 1);
      Effect effect = proposal.effects().get(i);
      if (CONDITION_FAILED.equals(reason.code())) {
        Item now = reason.hasItem() ? Attributes.item(reason.item()) : Item.absent(effect.key());
        refused.add(new RefusedEffect(effect, now));
      } else if (!NONE.equals(reason.code())) {
        // Conflict or throttle: the conditions that failed may have been judged on passing state.
        return new Put.Throttled(e);
      }
    }
    return NONE.equals(record.code()) && !refused.isEmpty()
        ? new Put.EffectsRefused(refused)
        : new Put.Throttled(e);
  }

  @Override
  public boolean mend(LedgerId ledger, long tip, Item found, Item right) {
    TransactWriteItem stillTheTip =
        TransactWriteItem.builder()
            .conditionCheck(
                c ->
                    c.tableName(table)
                        .key(Attributes.key(Key.commit(ledger, tip + 1)))
                        .conditionExpression(IF_ABSENT))
            .build();
    try {
      client.transactWriteItems(
          write ->
              write
                  .transactItems(stillTheTip, replacing(found, right))
                  .overrideConfiguration(DynamoDbFaults.within(DynamoDbTable.CALL_MAX)));
      return true;
    } catch (TransactionCanceledException e) {
      if (e.cancellationReasons().stream().anyMatch(r -> CONDITION_FAILED.equals(r.code()))) {
        return false;
      }
      throw new StoreUnavailableException("DynamoDB was too busy to put an item right", e);
    } catch (SdkException e) {
      throw unavailable(e);
    } catch (UncheckedIOException e) {
      throw new StoreUnavailableException("the connection to DynamoDB broke", e);
    }
  }

  private TransactWriteItem replacing(Item found, Item right) {
    String condition = found.exists() ? IF_AS_FOUND : IF_ABSENT;
    @Nullable Map<String, AttributeValue> values =
        found.exists()
            ? Map.of(":version", number(found.version()), ":body", bytes(found.body()))
            : null;
    TransactWriteItem.Builder action = TransactWriteItem.builder();
    return right.exists()
        ? action
            .put(
                p ->
                    p.tableName(table)
                        .item(Attributes.item(right))
                        .conditionExpression(condition)
                        .expressionAttributeValues(values))
            .build()
        : action
            .delete(
                d ->
                    d.tableName(table)
                        .key(Attributes.key(found.key()))
                        .conditionExpression(condition)
                        .expressionAttributeValues(values))
            .build();
  }

  private TransactWriteItem action(Effect effect, long number) {
    String condition = expression(effect.condition());
    Map<String, AttributeValue> values = values(effect.condition());
    TransactWriteItem.Builder action = TransactWriteItem.builder();
    return switch (effect) {
      case Effect.Put put ->
          action
              .put(
                  p ->
                      p.tableName(table)
                          .item(Attributes.item(new Item(put.key(), number, put.body())))
                          .conditionExpression(condition)
                          .expressionAttributeValues(values)
                          .returnValuesOnConditionCheckFailure(
                              ReturnValuesOnConditionCheckFailure.ALL_OLD))
              .build();
      case Effect.Delete delete ->
          action
              .delete(
                  d ->
                      d.tableName(table)
                          .key(Attributes.key(delete.key()))
                          .conditionExpression(condition)
                          .expressionAttributeValues(values)
                          .returnValuesOnConditionCheckFailure(
                              ReturnValuesOnConditionCheckFailure.ALL_OLD))
              .build();
      case Effect.Check check ->
          action
              .conditionCheck(
                  c ->
                      c.tableName(table)
                          .key(Attributes.key(check.key()))
                          .conditionExpression(condition)
                          .expressionAttributeValues(values)
                          .returnValuesOnConditionCheckFailure(
                              ReturnValuesOnConditionCheckFailure.ALL_OLD))
              .build();
    };
  }

  private static String expression(Condition condition) {
    return switch (condition) {
      case Condition.Absent() -> IF_ABSENT;
      case Condition.Present() -> IF_PRESENT;
      case Condition.AtVersion(long version) -> version == Item.ABSENT ? IF_ABSENT : IF_AT_VERSION;
    };
  }

  private static @Nullable Map<String, AttributeValue> values(Condition condition) {
    return condition instanceof Condition.AtVersion(long version) && version != Item.ABSENT
        ? Map.of(":version", number(version))
        : null;
  }

  private static RuntimeException unavailable(SdkException e) {
    return DynamoDbFaults.isTransient(e)
        ? new StoreUnavailableException("DynamoDB did not answer a read", e)
        : e;
  }

  private static Map<String, AttributeValue> record(Proposal proposal) {
    Map<String, AttributeValue> item =
        new HashMap<>(Attributes.key(Key.commit(proposal.ledger(), proposal.number())));
    item.put(BODY, bytes(proposal.bytes()));
    return item;
  }

  private static Stored stored(Map<String, AttributeValue> item) {
    String sort = Attributes.required(item, Attributes.SORT).s();
    long number = Long.parseLong(sort.substring(0, sort.length() - 1));
    return new Stored(number, Attributes.required(item, BODY).b().asByteArrayUnsafe());
  }
}
