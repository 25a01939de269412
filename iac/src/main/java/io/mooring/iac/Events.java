package io.mooring.iac;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.lambda.FilterCriteria;
import software.amazon.awscdk.services.lambda.StartingPosition;
import software.amazon.awscdk.services.lambda.eventsources.DynamoEventSource;
import software.amazon.awscdk.services.lambda.eventsources.SqsDlq;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.constructs.Construct;

/** What calls functions without a request: the intake and the table's stream. */
final class Events extends Construct {
  /** Without a window, so that the first waits for nothing; the function takes the rest itself. */
  static final int INTAKE_BATCH = 10;

  private static final int STREAM_BATCH = 100;
  private static final int STREAM_TRIES = 10;

  /** New items in the partitions that {@code Key} makes for commits. */
  private static final Map<String, Object> COMMITS =
      FilterCriteria.filter(
          Map.of(
              "eventName",
              List.of("INSERT"),
              "dynamodb",
              Map.of("Keys", Map.of("pk", Map.of("S", List.of(Map.of("suffix", "#C#")))))));

  /** New pages of chains' pools. */
  private static final Map<String, Object> PAGES =
      FilterCriteria.filter(
          Map.of(
              "eventName",
              List.of("INSERT"),
              "dynamodb",
              Map.of("Keys", Map.of("sk", Map.of("S", List.of(Map.of("prefix", "POOL#")))))));

  Events(Construct scope, Functions functions, Functions.Stores stores) {
    super(scope, "Events");
    functions
        .of(Deployable.INTAKE)
        .addEventSource(
            SqsEventSource.Builder.create(stores.queues().intake())
                .batchSize(INTAKE_BATCH)
                .maxConcurrency(Functions.SEQUENCERS)
                .reportBatchItemFailures(true)
                .build());
    functions.of(Deployable.COMMITS).addEventSource(stream(stores, List.of(COMMITS, PAGES)));
  }

  /** The table's stream as far as it tells of commits, in the order of each ledger. */
  static DynamoEventSource commits(Functions.Stores stores) {
    return stream(stores, List.of(COMMITS));
  }

  private static DynamoEventSource stream(
      Functions.Stores stores, List<Map<String, Object>> filters) {
    return DynamoEventSource.Builder.create(stores.tables().mooring())
        .startingPosition(StartingPosition.TRIM_HORIZON)
        .batchSize(STREAM_BATCH)
        .filters(filters)
        .bisectBatchOnError(true)
        .reportBatchItemFailures(true)
        .retryAttempts(STREAM_TRIES)
        .onFailure(new SqsDlq(stores.queues().eventsDead()))
        .build();
  }
}
