package io.mooring.api;

import io.mooring.platform.aws.Wire;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.s3.S3Blobs;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Derivation;
import io.mooring.platform.commit.Funding;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.Pace;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.commit.dynamodb.DynamoDbCommitStore;
import io.mooring.platform.commit.sqs.SqsIntake;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.dynamodb.DynamoDbFaults;
import io.mooring.platform.table.dynamodb.DynamoDbTable;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The stores that every capability shares, opened from the configuration. */
final class StoreBeans {
  private StoreBeans() {}

  /** DynamoDB as our stores want it: without retries of the client's own. */
  @Produces
  @Singleton
  static DynamoDbClient dynamoDb(DynamoDbClientBuilder builder) {
    return DynamoDbFaults.withoutRetries(builder).httpClientBuilder(Wire.builder()).build();
  }

  @Produces
  @Singleton
  static S3Client s3(S3ClientBuilder builder) {
    return builder.httpClientBuilder(Wire.builder()).build();
  }

  @Produces
  @Singleton
  static DynamoDbTable table(DynamoDbClient client, StoresConfig config, RandomGenerator random) {
    return new DynamoDbTable(client, config.table(), random);
  }

  @Produces
  @Singleton
  static DynamoDbCommitStore commits(DynamoDbClient client, StoresConfig config) {
    return new DynamoDbCommitStore(client, config.table());
  }

  @Produces
  @Singleton
  static Pace pace() {
    ExecutorService executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("commit-", 0).factory());
    return new ThreadPace(Clock.systemUTC(), executor);
  }

  @Produces
  @Singleton
  static Stores stores(
      CommitStore store, Blobs blobs, DerivedItems items, @All List<Derivation> derivations) {
    return new Stores(store, blobs, items, derivations);
  }

  /** One group of writers for each ledger; nobody else in this process commits. */
  @Produces
  @Singleton
  static Committer committer(
      Stores stores,
      Pace pace,
      RandomGenerator random,
      StoresConfig config,
      Funding funding,
      Instance<SqsClient> queues) {
    Committer committer = atHome(stores, pace, random, config, funding, queues);
    return ReadOnlyRegion.unlessHome(committer, config.region(), config.homeRegion());
  }

  private static Committer atHome(
      Stores stores,
      Pace pace,
      RandomGenerator random,
      StoresConfig config,
      Funding funding,
      Instance<SqsClient> queues) {
    return config
        .intake()
        .map(intake -> new SqsIntake(queues.get(), intake.queue(), intake.deadLetters()))
        .map(intake -> GroupCommitter.withIntake(stores, Rules.standard(), pace, random, intake))
        .orElseGet(() -> GroupCommitter.racing(stores, Rules.standard(), pace, random))
        .metered(funding);
  }

  @Produces
  @Singleton
  static Blobs blobs(S3Client client, StoresConfig config) {
    return new S3Blobs(client, config.bucket());
  }
}
