package io.mooring.platform.commit.sqs;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.Intake;
import io.mooring.platform.table.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The intake as one standard SQS queue, and beside it the queue of dead letters, where a message
 * that can never be dealt with goes with the reason as the attribute {@code reason}.
 *
 * <p>A message's body is base64, because SQS carries text. Visibility and redrive are the queue's
 * own settings: messages must stay hidden longer than a worker's patience, and a redrive must come
 * later than the worker's own parking, which knows the reason.
 *
 * <p><b>Trust:</b> whoever can send here can append to any ledger, so only committers may.
 *
 * <p><b>Loss:</b> what is lost here was never acknowledged; its author repeats it.
 */
public final class SqsIntake implements Intake {
  /** How long one call may take, beside the time that it waits for messages. */
  public static final Duration CALL_MAX = Duration.ofSeconds(5);

  /** SQS takes and gives this many messages in one call. */
  static final int CALL_MESSAGES_MAX = 10;

  /** SQS waits this long for a message, at most. */
  static final int WAIT_SECONDS_MAX = 20;

  private static final int SECOND_MILLIS = 1_000;

  private final SqsClient client;
  private final String queue;
  private final DeadLetters deadLetters;

  /** Takes the addresses of the queue and of its dead letters. */
  public SqsIntake(SqsClient client, String queue, String deadLetters) {
    this.client = client;
    this.queue = queue;
    this.deadLetters = new DeadLetters(client, deadLetters);
  }

  /** The message in the text that SQS carried; a text that we did not write is given as it is. */
  public static byte[] message(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      // No message of ours begins like text, so the worker puts this aside as unreadable.
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  @Override
  public void send(LedgerId ledger, byte[] message) {
    if (message.length > MESSAGE_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a message has at most " + MESSAGE_BYTES_MAX + " bytes: " + message.length);
    }
    try {
      client.sendMessage(
          send -> send.queueUrl(queue).messageBody(text(message)).overrideConfiguration(within(0)));
    } catch (SdkException e) {
      throw unavailable(e);
    }
  }

  /** Waits for the first messages, and then takes what else is there without waiting. */
  @Override
  public List<Delivery> receive(int most, long waitMillis) {
    int seconds = Math.clamp(Math.ceilDiv(waitMillis, SECOND_MILLIS), 0, WAIT_SECONDS_MAX);
    List<Delivery> deliveries = new ArrayList<>();
    List<Message> some = receiveSome(Math.min(most, CALL_MESSAGES_MAX), seconds);
    while (!some.isEmpty()) {
      some.forEach(message -> deliveries.add(delivery(message)));
      int room = Math.min(most - deliveries.size(), CALL_MESSAGES_MAX);
      some = room == 0 ? List.of() : receiveSome(room, 0);
    }
    return deliveries;
  }

  private List<Message> receiveSome(int most, int seconds) {
    try {
      return client
          .receiveMessage(
              receive ->
                  receive
                      .queueUrl(queue)
                      .maxNumberOfMessages(most)
                      .waitTimeSeconds(seconds)
                      .messageSystemAttributeNames(
                          MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)
                      .overrideConfiguration(within(seconds)))
          .messages();
    } catch (SdkException e) {
      throw unavailable(e);
    }
  }

  private static Delivery delivery(Message message) {
    String times =
        message
            .attributes()
            .getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1");
    return new Delivery(message.receiptHandle(), message(message.body()), Integer.parseInt(times));
  }

  @Override
  public void done(List<Delivery> deliveries) {
    for (int from = 0; from < deliveries.size(); from += CALL_MESSAGES_MAX) {
      int to = Math.min(from + CALL_MESSAGES_MAX, deliveries.size());
      delete(deliveries.subList(from, to));
    }
  }

  private void delete(List<Delivery> deliveries) {
    List<DeleteMessageBatchRequestEntry> entries =
        IntStream.range(0, deliveries.size()).mapToObj(i -> entry(i, deliveries.get(i))).toList();
    try {
      // Not hasFailed, which is also true of an empty list that was answered.
      List<BatchResultErrorEntry> failed =
          client
              .deleteMessageBatch(
                  delete ->
                      delete.queueUrl(queue).entries(entries).overrideConfiguration(within(0)))
              .failed();
      if (!failed.isEmpty()) {
        throw new StoreUnavailableException("SQS did not delete all of " + entries.size());
      }
    } catch (SdkException e) {
      throw unavailable(e);
    }
  }

  private static DeleteMessageBatchRequestEntry entry(int id, Delivery delivery) {
    return DeleteMessageBatchRequestEntry.builder()
        .id(Integer.toString(id))
        .receiptHandle(delivery.handle())
        .build();
  }

  /** A crash between the two calls leaves it in both queues, and it is put aside once more. */
  @Override
  public void park(Delivery delivery, String reason) {
    keepForAPerson(delivery, reason);
    done(List.of(delivery));
  }

  /** Puts the message among the dead letters; whoever delivered it has to take it away. */
  public void keepForAPerson(Delivery delivery, String reason) {
    deadLetters.keep(text(delivery.message()), reason);
  }

  private static String text(byte[] message) {
    return Base64.getEncoder().encodeToString(message);
  }

  private static StoreUnavailableException unavailable(SdkException e) {
    return new StoreUnavailableException("SQS failed", e);
  }

  static AwsRequestOverrideConfiguration within(int waitSeconds) {
    return AwsRequestOverrideConfiguration.builder()
        .apiCallTimeout(CALL_MAX.plusSeconds(waitSeconds))
        .build();
  }
}
