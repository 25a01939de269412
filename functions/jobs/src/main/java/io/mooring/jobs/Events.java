package io.mooring.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what Lambda hands over and writes what it expects, as trees: nothing is reflected on. */
final class Events {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Events() {}

  /** The event's records; an event that has none is not from a queue or a stream. */
  static List<JsonNode> records(InputStream event) throws IOException {
    JsonNode records = JSON.readTree(event).path("Records");
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
