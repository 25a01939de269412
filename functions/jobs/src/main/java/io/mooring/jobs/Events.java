package io.mooring.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooring.platform.LedgerId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads what Lambda hands over and writes what it expects, as trees: nothing is reflected on. */
final class Events {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Events() {}

  static JsonNode tree(InputStream event) throws IOException {
    return JSON.readTree(event);
  }

  static JsonNode tree(String event) throws IOException {
    return JSON.readTree(event);
  }

  /** Whether the event is from a queue or a stream. */
  static boolean hasRecords(JsonNode event) {
    return event.path("Records").isArray();
  }

  /**
   * Of a stream's records, by the ledgers that they are about: the first of each, by its sequence
   * number. A ledger is worked on once for all of them, and all are given again from the first.
   *
   * @param ledgers what an item's partition and sort key say, if it is to be worked on
   */
  static Map<LedgerId, String> firstOfEach(
      JsonNode event, BiFunction<String, String, Optional<LedgerId>> ledgers) {
    Map<LedgerId, String> firstOfEach = new LinkedHashMap<>();
    for (JsonNode record : records(event)) {
      JsonNode change = record.path("dynamodb");
      JsonNode keys = change.path("Keys");
      ledgers
          .apply(keys.path("pk").path("S").asText(), keys.path("sk").path("S").asText())
          .ifPresent(
              ledger -> firstOfEach.putIfAbsent(ledger, change.path("SequenceNumber").asText()));
    }
    return firstOfEach;
  }

  static List<JsonNode> records(InputStream event) throws IOException {
    return records(tree(event));
  }

  /** The event's records; an event that has none is not from a queue or a stream. */
  private static List<JsonNode> records(JsonNode event) {
    JsonNode records = event.path("Records");
    if (!records.isArray()) {
      throw new IllegalArgumentException("the event has no records");
    }
    List<JsonNode> list = new ArrayList<>();
    records.forEach(list::add);
    return list;
  }

  @SuppressWarnings("unchecked") // A JSON object is read as a map of strings to whatever.
  static Map<String, Object> map(InputStream event) throws IOException {
    return JSON.readValue(event, Map.class);
  }

  static void write(OutputStream answer, Object tree) throws IOException {
    JSON.writeValue(answer, tree);
  }

  /** Tells Lambda which records to deliver again; all others are dealt with. */
  static void writeFailures(OutputStream answer, List<String> identifiers) throws IOException {
    write(
        answer,
        Map.of(
            "batchItemFailures",
            identifiers.stream().map(id -> Map.of("itemIdentifier", id)).toList()));
  }
}
