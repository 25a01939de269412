package io.mooring.jobs;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.Intake;
import io.mooring.platform.commit.Intake.Delivery;
import io.mooring.platform.commit.IntakeWorker;
import io.mooring.platform.commit.Pace;
import io.mooring.platform.commit.sqs.SqsIntake;
import io.mooring.platform.table.StoreUnavailableException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The sequencer behind the intake: commits the messages that woke it, and then, while there is time
 * and there are more, takes them from the queue itself, many at once. So the first message waits
 * for no batch to fill, and under load a commit carries hundreds.
 */
@Named("intake")
@Singleton
public final class IntakeFunction implements RequestStreamHandler {
  /** How long the queue has to be empty before the function ends. */
  static final long LINGER_MILLIS = 1_000;

  /** Time left for the answer after the last messages were worked on. */
  static final long ANSWER_MILLIS = 2_000;

  private static final System.Logger LOG = System.getLogger(IntakeFunction.class.getName());

  private final SqsIntake queue;
  private final Blobs blobs;
  private final GroupCommitter committer;
  private final Pace pace;

  IntakeFunction(SqsIntake queue, Blobs blobs, IntakeCommitter committer, Pace pace) {
    this.queue = queue;
    this.blobs = blobs;
    this.committer = committer.committer();
    this.pace = pace;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    List<String> identifiers = new ArrayList<>();
    List<Delivery> deliveries = new ArrayList<>();
    for (JsonNode message : Events.records(event)) {
      identifiers.add(message.path("messageId").asText());
      deliveries.add(delivery(message));
    }
    DeliveredIntake delivered = new DeliveredIntake(queue);
    new IntakeWorker(delivered, blobs, committer).work(deliveries);
    drain(context);

    List<String> failures = new ArrayList<>();
    for (int i = 0; i < identifiers.size(); i++) {
      if (!delivered.isFinished(deliveries.get(i))) {
        failures.add(identifiers.get(i));
      }
    }
    Events.writeFailures(answer, failures);
  }

  private static Delivery delivery(JsonNode message) {
    return new Delivery(
        message.path("receiptHandle").asText(),
        SqsIntake.message(message.path("body").asText()),
        message.path("attributes").path("ApproximateReceiveCount").asInt(1));
  }

  private void drain(Context context) {
    IntakeWorker worker = new IntakeWorker(queue, blobs, committer);
    long room = IntakeWorker.PATIENCE.toMillis() + LINGER_MILLIS + ANSWER_MILLIS;
    try {
      while (context.getRemainingTimeInMillis() > room && worker.work(LINGER_MILLIS) > 0) {
        pace.pause(IntakeWorker.GATHER_MILLIS);
      }
    } catch (StoreUnavailableException e) {
      // What was taken from the queue comes back by itself, and wakes this function again.
      LOG.log(System.Logger.Level.WARNING, "the intake could not be drained", e);
    }
  }

  /** An intake whose messages Lambda delivered, and deletes when it is told that all went well. */
  private static final class DeliveredIntake implements Intake {
    private final SqsIntake queue;
    private final List<String> finished = new ArrayList<>();

    DeliveredIntake(SqsIntake queue) {
      this.queue = queue;
    }

    boolean isFinished(Delivery delivery) {
      return finished.contains(delivery.handle());
    }

    @Override
    public void send(LedgerId ledger, byte[] message) {
      queue.send(ledger, message);
    }

    @Override
    public List<Delivery> receive(int most, long waitMillis) {
      return List.of();
    }

    @Override
    public void done(List<Delivery> deliveries) {
      deliveries.forEach(delivery -> finished.add(delivery.handle()));
    }

    @Override
    public void park(Delivery delivery, String reason) {
      queue.keepForAPerson(delivery, reason);
      finished.add(delivery.handle());
    }
  }
}
