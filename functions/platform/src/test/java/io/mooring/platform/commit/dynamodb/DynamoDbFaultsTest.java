package io.mooring.platform.commit.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.CommitStore.Proposal;
import io.mooring.platform.commit.CommitStore.Put;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.StoreUnavailableException;
import io.mooring.platform.table.dynamodb.DynamoDbTable;
import io.mooring.platform.testing.EmbeddedDynamoDb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What DynamoDB does and its local twin does not, put between by an interceptor. */
class DynamoDbFaultsTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final LedgerId LEDGER = LedgerId.journal(ACME);
  private static final Key MEMBER = Key.of(ACME, "MEMBER", "usr_1");
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final String table = EmbeddedDynamoDb.newTable();
  private final Between between = new Between();
  private final DynamoDbClient client = EmbeddedDynamoDb.client(between);
  private final DynamoDbCommitStore store = new DynamoDbCommitStore(client, table);
  private final DynamoDbTable items = new DynamoDbTable(client, table, new Random(1));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "TransactionConflictException"
      })
  void aThrottleMeansThatNothingWasWritten(String code) {
    between.fails.add(error(code, 400));
    assertInstanceOf(Put.Throttled.class, put(1));
    assertTrue(store.tip(LEDGER).isEmpty());
    assertEquals(new Put.Won(), put(1));
  }

  @Test
  void aServersErrorMeansThatNobodyKnows() {
    between.fails.add(error("InternalServerError", 500));
    assertInstanceOf(Put.Unknown.class, put(1));
  }

  @Test
  void ourOwnMistakeIsNeitherLostNorUnknown() {
    between.fails.add(error("ValidationException", 400));
    assertThrows(DynamoDbException.class, () -> put(1));
    between.fails.add(error("AccessDeniedException", 400));
    assertThrows(DynamoDbException.class, () -> put(1));
  }

  @Test
  void anAnswerThatDoesNotComeInTimeMeansThatNobodyKnows() {
    between.delayMillis = 400;
    Put put = store.put(new Proposal(LEDGER, 1, new byte[] {1}, List.of()), Duration.ofMillis(100));
    assertInstanceOf(Put.Unknown.class, put);
  }

  @Test
  void aConflictAmongOtherReasonsIsTriedAgainAndNotJudged() {
    between.fails.add(canceled("None", "ConditionalCheckFailed", "TransactionConflict"));
    assertInstanceOf(Put.Throttled.class, put(1, effects(2)));
    between.fails.add(canceled("TransactionConflict", "None", "None"));
    assertInstanceOf(Put.Throttled.class, put(1, effects(2)));
    between.fails.add(canceled("None", "ThrottlingError", "None"));
    assertInstanceOf(Put.Throttled.class, put(1, effects(2)));
    between.fails.add(canceled("None", "None", "ConditionalCheckFailed"));
    Put.EffectsRefused refused = assertInstanceOf(Put.EffectsRefused.class, put(1, effects(2)));
    assertEquals(effects(2)[1].key(), refused.refused().getFirst().effect().key());
  }

  @Test
  void everyReadIsConsistent() {
    store.tip(LEDGER);
    store.read(LEDGER, 1);
    store.range(LEDGER, 1, 10);
    items.get(MEMBER);
    items.get(List.of(MEMBER));
    items.first(Prefix.of(ACME, "MEMBER"), 10);
    items.after(Prefix.of(ACME, "MEMBER"), MEMBER, 10);

    assertEquals(7, between.reads.size());
    for (SdkRequest read : between.reads) {
      boolean consistent =
          switch (read) {
            case GetItemRequest get -> get.consistentRead();
            case QueryRequest query -> query.consistentRead();
            case BatchGetItemRequest batch ->
                batch.requestItems().values().stream().allMatch(keys -> keys.consistentRead());
            default -> throw new AssertionError("a read of another kind: " + read);
          };
      assertTrue(consistent, read.toString());
    }
  }

  @Test
  void whatABatchLeftOverIsWrittenByTheNextOne() {
    between.leavesOver = 3;
    List<Derived> all =
        IntStream.range(0, 25)
            .mapToObj(i -> Key.of(ACME, "THING", "t" + i))
            .map(key -> new Derived(new Item(key, 1, new byte[] {1}), Derived.NEVER))
            .toList();
    items.put(all);
    assertEquals(25, items.get(all.stream().map(thing -> thing.item().key()).toList()).size());
    assertTrue(between.batches > 1);
  }

  @Test
  void aBatchThatIsNeverFinishedFailsInTheEnd() {
    between.leavesOver = Integer.MAX_VALUE;
    assertThrows(
        StoreUnavailableException.class,
        () -> items.put(List.of(new Derived(new Item(MEMBER, 1, new byte[0]), Derived.NEVER))));
    assertEquals(DynamoDbTable.TRIES_MAX, between.batches);
  }

  @Test
  void aReadIsTriedAgainAFewTimes() {
    IntStream.range(1, DynamoDbTable.TRIES_MAX)
        .forEach(i -> between.fails.add(error("ThrottlingException", 400)));
    assertEquals(Item.absent(MEMBER), items.get(MEMBER));
    IntStream.range(0, DynamoDbTable.TRIES_MAX)
        .forEach(i -> between.fails.add(error("ThrottlingException", 400)));
    assertThrows(StoreUnavailableException.class, () -> items.get(MEMBER));
  }

  private Put put(long number, Effect... effects) {
    return store.put(new Proposal(LEDGER, number, new byte[] {1}, List.of(effects)), TIMEOUT);
  }

  private static Effect[] effects(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Effect.create(Key.of(ACME, "MEMBER", "usr_" + i), new byte[] {1}))
        .toArray(Effect[]::new);
  }

  private static RuntimeException error(String code, int status) {
    return DynamoDbException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("injected").build())
        .build();
  }

  private static RuntimeException canceled(String... codes) {
    return TransactionCanceledException.builder()
        .statusCode(400)
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode("TransactionCanceledException").build())
        .cancellationReasons(
            List.of(codes).stream()
                .map(code -> CancellationReason.builder().code(code).build())
                .toList())
        .build();
  }

  /** Fails requests, delays answers, and leaves parts of batches undone. */
  private static final class Between implements ExecutionInterceptor {
    private final List<RuntimeException> fails = new ArrayList<>();
    private final List<SdkRequest> reads = new ArrayList<>();
    private long delayMillis;
    private int leavesOver;
    private int batches;
    private Map<String, List<WriteRequest>> left = Map.of();

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      if (!fails.isEmpty()) {
        throw fails.removeFirst();
      }
    }

    @Override
    public void afterTransmission(
        Context.AfterTransmission context, ExecutionAttributes attributes) {
      try {
        Thread.sleep(delayMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Lets only the first part of a batch through. */
    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
      if (context.request() instanceof GetItemRequest
          || context.request() instanceof QueryRequest
          || context.request() instanceof BatchGetItemRequest) {
        reads.add(context.request());
      }
      if (!(context.request() instanceof BatchWriteItemRequest batch)) {
        return context.request();
      }
      batches++;
      var all = batch.requestItems().entrySet().iterator().next();
      int done = Math.max(0, all.getValue().size() - leavesOver);
      left =
          done == all.getValue().size()
              ? Map.of()
              : Map.of(all.getKey(), all.getValue().subList(done, all.getValue().size()));
      if (done == 0) {
        return batch;
      }
      leavesOver = 0;
      return batch.toBuilder()
          .requestItems(Map.of(all.getKey(), all.getValue().subList(0, done)))
          .build();
    }

    @Override
    public SdkResponse modifyResponse(
        Context.ModifyResponse context, ExecutionAttributes attributes) {
      return context.response() instanceof BatchWriteItemResponse response
          ? response.toBuilder().unprocessedItems(left).build()
          : context.response();
    }
  }
}
