package io.mooring.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.harness.Invocation.Answered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * An event source: gives a queue's messages to a function in batches of ten, and deletes those that
 * the function does not name as failed. Nothing is deleted of a batch that failed as a whole.
 */
public final class QueueSource implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BATCH_MAX = 10;
  private static final int WAIT_SECONDS = 1;
  private static final long PAUSE_MILLIS = 100;

  private final SqsClient client;
  private final String queue;
  private final Function function;
  private final List<Thread> pollers;
  private volatile boolean open = true;

  /** Polls with so many threads, each of which has at most one batch at the function. */
  public QueueSource(SqsClient client, String queue, Function function, int concurrency) {
    this.client = client;
    this.queue = queue;
    this.function = function;
    this.pollers =
        IntStream.range(0, concurrency)
            .mapToObj(i -> Thread.ofPlatform().name("queue-source-" + i).start(this::poll))
            .toList();
  }

  private void poll() {
    while (open) {
      try {
        List<Message> messages = receive();
        if (!messages.isEmpty()) {
          deliver(messages);
        }
      } catch (SdkException e) {
        // The queue may be going down with the test; a queue that stays away fails the test itself.
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Message> receive() {
    return client
        .receiveMessage(
            receive ->
                receive
                    .queueUrl(queue)
                    .maxNumberOfMessages(BATCH_MAX)
                    .waitTimeSeconds(WAIT_SECONDS)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private void deliver(List<Message> messages) {
    if (function.invoke(event(messages)) instanceof Answered(byte[] payload)) {
      Set<String> failed = failures(payload);
      for (Message message : messages) {
        if (!failed.contains(message.messageId())) {
          client.deleteMessage(
              delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
        }
      }
    }
  }

  /** The event that Lambda makes of messages. */
  static byte[] event(List<Message> messages) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (Message message : messages) {
      ObjectNode record = records.addObject();
      record.put("messageId", message.messageId());
      record.put("receiptHandle", message.receiptHandle());
      record.put("body", message.body());
      record.put("eventSource", "aws:sqs").put("awsRegion", "us-east-1");
      ObjectNode attributes = record.putObject("attributes");
      message.attributes().forEach((name, value) -> attributes.put(name.toString(), value));
      record.putObject("messageAttributes");
    }
    try {
      return JSON.writeValueAsBytes(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The identifiers that a partial batch response names. */
  static Set<String> failures(byte[] payload) {
    try {
      Set<String> failed = new HashSet<>();
      for (JsonNode failure : JSON.readTree(payload).path("batchItemFailures")) {
        failed.add(failure.path("itemIdentifier").asText());
      }
      return failed;
    } catch (IOException e) {
      throw new UncheckedIOException("not a batch response", e);
    }
  }

  @Override
  public void close() {
    open = false;
    for (Thread poller : pollers) {
      try {
        poller.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
