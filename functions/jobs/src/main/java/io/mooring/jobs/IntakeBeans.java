package io.mooring.jobs;

import io.mooring.api.StoresConfig;
import io.mooring.platform.commit.Funding;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.Pace;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.sqs.SqsIntake;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What the sequencer behind the intake needs beside what every function has. */
final class IntakeBeans {
  private IntakeBeans() {}

  @Produces
  @Singleton
  static SqsIntake intake(SqsClient client, StoresConfig config) {
    StoresConfig.IntakeQueue queue =
        config
            .intake()
            .orElseThrow(() -> new IllegalStateException("mooring.stores.intake is not set"));
    return new SqsIntake(client, queue.queue(), queue.deadLetters());
  }

  /** It commits for many, so it hardly steps back, and never sends to the intake itself. */
  @Produces
  @Singleton
  static IntakeCommitter committer(
      Stores stores, Pace pace, RandomGenerator random, Funding funding) {
    return new IntakeCommitter(
        GroupCommitter.racing(stores, Rules.worker(), pace, random).metered(funding));
  }
}
