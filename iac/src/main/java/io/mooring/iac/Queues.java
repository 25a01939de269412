package io.mooring.iac;

import io.mooring.platform.commit.IntakeWorker;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** The intake of contended ledgers, and where goes what nobody could work on. */
final class Queues extends Construct {
  /** Later than the sequencer's own parking, because that one knows the reason. */
  static final int DELIVERIES_MAX = 2 * IntakeWorker.DELIVERIES_MAX;

  /**
   * Longer than a sequencer lives; not six times as long, because callers wait for what it held.
   */
  static final Duration HIDDEN = Duration.seconds(2 * Functions.SEQUENCER_SECONDS);

  private final Queue intake;
  private final Queue intakeDead;
  private final Queue events;

  Queues(Construct scope, Keys keys) {
    super(scope, "Queues");
    intakeDead = queue("mooring-intake-dead", keys).build();
    intake =
        queue("mooring-intake", keys)
            .visibilityTimeout(HIDDEN)
            .deadLetterQueue(
                DeadLetterQueue.builder().queue(intakeDead).maxReceiveCount(DELIVERIES_MAX).build())
            .build();
    events = queue("mooring-events-dead", keys).build();
  }

  Queue intake() {
    return intake;
  }

  Queue intakeDead() {
    return intakeDead;
  }

  /** What schedules, streams and device rules could not deliver. */
  Queue eventsDead() {
    return events;
  }

  private Queue.Builder queue(String name, Keys keys) {
    return Queue.Builder.create(this, name)
        .queueName(name)
        .encryption(QueueEncryption.KMS)
        .encryptionMasterKey(keys.of(Keys.Purpose.MESSAGES))
        .dataKeyReuse(Duration.minutes(5))
        .enforceSsl(true)
        .retentionPeriod(Duration.days(14));
  }
}
