package io.mooring.platform.table.dynamodb;

import io.mooring.platform.table.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Makes tables from their schemas, and refuses those that are shaped otherwise. */
public final class TableSetup {
  private final DynamoDbClient client;

  public TableSetup(DynamoDbClient client) {
    this.client = client;
  }

  /** Makes the table if it is not there; returns when it can be used. */
  public void create(TableSchema schema) {
    try {
      client.createTable(
          create ->
              create
                  .tableName(schema.name())
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(
                      textAttribute(schema.partitionKey()), textAttribute(schema.sortKey()))
                  .keySchema(
                      keyPart(schema.partitionKey(), KeyType.HASH),
                      keyPart(schema.sortKey(), KeyType.RANGE)));
    } catch (ResourceInUseException e) {
      requireShape(schema);
      return;
    }
    client.waiter().waitUntilTableExists(describe -> describe.tableName(schema.name()));
    client.updateTimeToLive(
        update ->
            update
                .tableName(schema.name())
                .timeToLiveSpecification(
                    ttl -> ttl.enabled(true).attributeName(schema.expiryAttribute())));
  }

  /** Fails, saying what differs, unless the table is there and has the shape of the schema. */
  public void requireShape(TableSchema schema) {
    TableDescription table;
    try {
      table = client.describeTable(describe -> describe.tableName(schema.name())).table();
    } catch (ResourceNotFoundException e) {
      throw new WrongShapeException("there is no table " + schema.name(), e);
    }
    List<KeySchemaElement> key =
        List.of(
            keyPart(schema.partitionKey(), KeyType.HASH), keyPart(schema.sortKey(), KeyType.RANGE));
    require(schema, "key", key, table.keySchema());

    Map<String, ScalarAttributeType> types =
        table.attributeDefinitions().stream()
            .collect(
                Collectors.toMap(
                    AttributeDefinition::attributeName, AttributeDefinition::attributeType));
    for (String part : List.of(schema.partitionKey(), schema.sortKey())) {
      require(schema, "type of " + part, ScalarAttributeType.S, types.get(part));
    }

    var expiry =
        client
            .describeTimeToLive(describe -> describe.tableName(schema.name()))
            .timeToLiveDescription();
    boolean expires =
        expiry.timeToLiveStatus() == TimeToLiveStatus.ENABLED
            || expiry.timeToLiveStatus() == TimeToLiveStatus.ENABLING;
    require(
        schema,
        "expiry attribute",
        schema.expiryAttribute(),
        expires ? expiry.attributeName() : "none");
  }

  private static void require(
      TableSchema schema, String what, Object expected, @Nullable Object found) {
    if (!expected.equals(found)) {
      throw new WrongShapeException(
          "table " + schema.name() + ": " + what + " is " + found + ", not " + expected);
    }
  }

  private static AttributeDefinition textAttribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement keyPart(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  /** A table is not what the code expects; nothing may be written to it. */
  public static final class WrongShapeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongShapeException(String message) {
      super(message);
    }

    WrongShapeException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
