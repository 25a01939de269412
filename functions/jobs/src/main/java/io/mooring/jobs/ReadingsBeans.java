package io.mooring.jobs;

import io.mooring.platform.commit.sqs.DeadLetters;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What the function behind IoT Core's rule needs beside what every function has. */
final class ReadingsBeans {
  private ReadingsBeans() {}

  @Produces
  @Singleton
  static DeadLetters deadLetters(SqsClient client, ReadingsConfig config) {
    return new DeadLetters(
        client,
        config
            .deadLetters()
            .orElseThrow(
                () -> new IllegalStateException("mooring.readings.dead-letters is not set")));
  }
}
