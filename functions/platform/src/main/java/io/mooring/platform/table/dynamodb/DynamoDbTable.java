package io.mooring.platform.table.dynamodb;

import static io.mooring.platform.table.dynamodb.Attributes.text;

import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Page;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.StoreUnavailableException;
import io.mooring.platform.table.Table;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Items in the single table.
 *
 * <pre>
 * pk            sk               v (number)        b (bytes)   x (number, derived items only)
 * T#ten_acme#   MEMBER#usr_1#    commit's number   body        seconds since 1970
 * </pre>
 */
public final class DynamoDbTable implements Table, DerivedItems {
  /** How long any one call may take. */
  public static final Duration CALL_MAX = Duration.ofSeconds(5);

  /** How often a read, or a write that may be repeated freely, is tried before it fails. */
  public static final int TRIES_MAX = 5;

  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final String IN_PARTITION = "pk = :partition";
  private static final String UNDER_PREFIX = "pk = :partition AND begins_with(sk, :prefix)";

  private final DynamoDbClient client;
  private final String table;
  private final RandomGenerator random;

  public DynamoDbTable(DynamoDbClient client, String table, RandomGenerator random) {
    DynamoDbFaults.requireNoRetries(client);
    this.client = client;
    this.table = table;
    this.random = random;
  }

  @Override
  public Item get(Key key) {
    var response =
        trying(
            () ->
                client.getItem(
                    get ->
                        get.tableName(table)
                            .key(Attributes.key(key))
                            .consistentRead(true)
                            .overrideConfiguration(DynamoDbFaults.within(CALL_MAX))));
    return response.hasItem() ? Attributes.item(response.item()) : Item.absent(key);
  }

  @Override
  public Page first(Prefix prefix, int limit) {
    return page(prefix, Map.of(), limit);
  }

  @Override
  public Page after(Prefix prefix, Key last, int limit) {
    return page(prefix, Attributes.key(last), limit);
  }

  private Page page(Prefix prefix, Map<String, AttributeValue> after, int limit) {
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression(prefix.sort().isEmpty() ? IN_PARTITION : UNDER_PREFIX)
            .expressionAttributeValues(values(prefix))
            .overrideConfiguration(DynamoDbFaults.within(CALL_MAX));
    int most = Math.min(limit, PAGE_ITEMS_MAX);
    List<Item> items = new ArrayList<>();
    Map<String, AttributeValue> from = after;
    do {
      // One more than asked for, because only that tells whether there are more.
      query.limit(most + 1 - items.size()).exclusiveStartKey(from.isEmpty() ? null : from);
      QueryRequest request = query.build();
      var response = trying(() -> client.query(request));
      response.items().forEach(item -> items.add(Attributes.item(item)));
      from = response.lastEvaluatedKey();
    } while (items.size() <= most && !from.isEmpty());
    boolean more = items.size() > most;
    return new Page(more ? items.subList(0, most) : items, more);
  }

  /** An empty text is no value of a key. */
  private static Map<String, AttributeValue> values(Prefix prefix) {
    AttributeValue partition = text(prefix.partition());
    return prefix.sort().isEmpty()
        ? Map.of(":partition", partition)
        : Map.of(":partition", partition, ":prefix", text(prefix.sort()));
  }

  @Override
  public void put(Collection<Derived> items) {
    write(
        items.stream()
            .map(item -> WriteRequest.builder().putRequest(p -> p.item(Attributes.derived(item))))
            .map(WriteRequest.Builder::build)
            .toList());
  }

  @Override
  public void delete(Collection<Key> keys) {
    write(
        keys.stream()
            .map(key -> WriteRequest.builder().deleteRequest(d -> d.key(Attributes.key(key))))
            .map(WriteRequest.Builder::build)
            .toList());
  }

  private void write(List<WriteRequest> all) {
    for (int from = 0; from < all.size(); from += Limits.BATCH_WRITE_ITEMS_MAX) {
      int to = Math.min(from + Limits.BATCH_WRITE_ITEMS_MAX, all.size());
      Unfinished<WriteRequest> unfinished = new Unfinished<>(all.subList(from, to));
      trying(
          () -> {
            var response =
                client.batchWriteItem(
                    batch ->
                        batch
                            .requestItems(Map.of(table, unfinished.rest()))
                            .overrideConfiguration(DynamoDbFaults.within(CALL_MAX)));
            return unfinished.keep(response.unprocessedItems().getOrDefault(table, List.of()));
          });
    }
  }

  @Override
  public List<Derived> get(Collection<Key> keys) {
    List<Map<String, AttributeValue>> all = keys.stream().map(Attributes::key).toList();
    List<Derived> found = new ArrayList<>();
    for (int from = 0; from < all.size(); from += Limits.BATCH_GET_ITEMS_MAX) {
      int to = Math.min(from + Limits.BATCH_GET_ITEMS_MAX, all.size());
      Unfinished<Map<String, AttributeValue>> unfinished = new Unfinished<>(all.subList(from, to));
      trying(
          () -> {
            KeysAndAttributes ask =
                KeysAndAttributes.builder().keys(unfinished.rest()).consistentRead(true).build();
            var response =
                client.batchGetItem(
                    batch ->
                        batch
                            .requestItems(Map.of(table, ask))
                            .overrideConfiguration(DynamoDbFaults.within(CALL_MAX)));
            response
                .responses()
                .getOrDefault(table, List.of())
                .forEach(item -> found.add(Attributes.derived(item)));
            return unfinished.keep(
                Optional.ofNullable(response.unprocessedKeys().get(table))
                    .map(KeysAndAttributes::keys)
                    .orElse(List.of()));
          });
    }
    return found;
  }

  /** Tries again while the failure is a passing one, with jitter, a bounded number of times. */
  private <T> T trying(Supplier<T> call) {
    for (int tries = 1; ; tries++) {
      try {
        return call.get();
      } catch (SdkException e) {
        if (!DynamoDbFaults.isTransient(e)) {
          throw e;
        }
        if (tries == TRIES_MAX) {
          throw new StoreUnavailableException("DynamoDB failed " + tries + " times", e);
        }
      } catch (UncheckedIOException e) {
        if (tries == TRIES_MAX) {
          throw new StoreUnavailableException("DynamoDB failed " + tries + " times", e);
        }
      } catch (Unfinished.LeftOver e) {
        if (tries == TRIES_MAX) {
          throw new StoreUnavailableException("DynamoDB left items over " + tries + " times", e);
        }
      }
      pause(tries);
    }
  }

  private void pause(int tries) {
    try {
      Thread.sleep(1 + random.nextLong(FIRST_PAUSE_MILLIS << tries));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for DynamoDB", e);
    }
  }
}
