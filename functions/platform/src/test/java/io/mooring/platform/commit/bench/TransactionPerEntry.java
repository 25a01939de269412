package io.mooring.platform.commit.bench;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.platform.table.dynamodb.Attributes;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The design that group commit is measured against: every entry is one transaction of the entry and
 * the ledger's head, which moves on condition that it is where it was read.
 */
final class TransactionPerEntry {
  private final DynamoDbClient client;
  private final String table;
  private Frontier head = Frontier.empty();

  TransactionPerEntry(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /** Appends one entry and returns when it is committed, after as many races as that takes. */
  synchronized int append(byte[] entry) {
    while (true) {
      Frontier next = head.append(Hash.ofLeaf(entry));
      try {
        client.transactWriteItems(
            write -> write.transactItems(entry(next.size(), entry), head(head, next)));
        head = next;
        return 1;
      } catch (TransactionCanceledException lost) {
        head = read();
      }
    }
  }

  private Frontier read() {
    var response =
        client.getItem(get -> get.tableName(table).key(key("HEAD")).consistentRead(true));
    return response.hasItem()
        ? Frontier.ofBytes(response.item().get("b").b().asByteArray())
        : Frontier.empty();
  }

  private TransactWriteItem entry(long index, byte[] entry) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(item("E" + index, entry))
                    .conditionExpression("attribute_not_exists(pk)"))
        .build();
  }

  private TransactWriteItem head(Frontier before, Frontier next) {
    return TransactWriteItem.builder()
        .put(
            put -> {
              put.tableName(table).item(item("HEAD", next.toBytes()));
              if (before.size() == 0) {
                put.conditionExpression("attribute_not_exists(pk)");
              } else {
                put.conditionExpression("b = :before")
                    .expressionAttributeValues(
                        Map.of(":before", Attributes.bytes(before.toBytes())));
              }
            })
        .build();
  }

  private static Map<String, AttributeValue> key(String sort) {
    return Map.of("pk", Attributes.text("per-entry"), "sk", Attributes.text(sort));
  }

  private static Map<String, AttributeValue> item(String sort, byte[] bytes) {
    return Map.of(
        "pk", Attributes.text("per-entry"),
        "sk", Attributes.text(sort),
        "b", Attributes.bytes(bytes));
  }
}
