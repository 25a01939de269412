package io.mooring.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.harness.Invocation.Answered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * An event source: gives what a table's stream tells of to a function, in order and in batches, and
 * gives a batch again from the first record that the function names as failed.
 */
public final class StreamSource implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BATCH_MAX = 100;

  /** Lambda asks a stream four times a second. */
  private static final long PAUSE_MILLIS = 250;

  private final DynamoDbStreamsClient client;
  private final String stream;
  private final Function function;
  private final Predicate<Record> filter;
  private final Thread poller;

  /** Of each shard, where reading goes on; empty where the shard has ended. */
  private final Map<String, String> next = new HashMap<>();

  private volatile boolean open = true;

  /**
   * @param filter which of the new items the function is told of
   */
  public StreamSource(
      DynamoDbStreamsClient client, String stream, Function function, Predicate<Record> filter) {
    this.client = client;
    this.stream = stream;
    this.function = function;
    this.filter = filter;
    this.poller = Thread.ofPlatform().name("stream-source").start(this::poll);
  }

  private void poll() {
    while (open) {
      try {
        for (Shard shard :
            client.describeStream(ask -> ask.streamArn(stream)).streamDescription().shards()) {
          read(next.computeIfAbsent(shard.shardId(), this::begin), shard.shardId());
        }
        Thread.sleep(PAUSE_MILLIS);
      } catch (SdkException e) {
        // The tables may be going down with the test; those that stay away fail the test itself.
        next.clear();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private String begin(String shard) {
    return client
        .getShardIterator(
            ask ->
                ask.streamArn(stream)
                    .shardId(shard)
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
        .shardIterator();
  }

  private void read(String from, String shard) {
    if (from.isEmpty()) {
      return;
    }
    var got = client.getRecords(ask -> ask.shardIterator(from).limit(BATCH_MAX));
    List<Record> told =
        got.records().stream()
            .filter(record -> record.eventName() == OperationType.INSERT)
            .filter(filter)
            .toList();
    if (told.isEmpty() || isDealtWith(told)) {
      next.put(shard, Objects.requireNonNullElse(got.nextShardIterator(), ""));
    }
  }

  /** What is named as failed, or dies with the function, is given again with all of its batch. */
  private boolean isDealtWith(List<Record> told) {
    return function.invoke(event(told)) instanceof Answered(byte[] payload)
        && QueueSource.failures(payload).equals(Set.of());
  }

  /** The event that Lambda makes of records; of an item it tells the keys alone. */
  static byte[] event(List<Record> records) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode all = event.putArray("Records");
    for (Record record : records) {
      ObjectNode one = all.addObject();
      one.put("eventID", record.eventID()).put("eventName", record.eventNameAsString());
      one.put("eventSource", "aws:dynamodb").put("awsRegion", "us-east-1");
      ObjectNode change = one.putObject("dynamodb");
      change.put("SequenceNumber", record.dynamodb().sequenceNumber());
      ObjectNode keys = change.putObject("Keys");
      record.dynamodb().keys().forEach((name, value) -> keys.putObject(name).put("S", value.s()));
    }
    try {
      return JSON.writeValueAsBytes(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    open = false;
    poller.interrupt();
    try {
      poller.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
