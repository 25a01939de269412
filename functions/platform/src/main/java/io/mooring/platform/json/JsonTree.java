package io.mooring.platform.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as a tree: for items, journal entries and claims, whose codecs are written out by hand. */
public final class JsonTree {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonTree() {}

  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Writes the members in the order in which they were put. */
  public static String text(JsonNode tree) {
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree could not be written", e);
    }
  }

  public static byte[] bytes(JsonNode tree) {
    try {
      return JSON.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree could not be written", e);
    }
  }

  /** Reads what this platform wrote. What others wrote goes through {@link StrictJson} first. */
  public static JsonNode parse(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("an item does not hold JSON", e);
    }
  }

  /** Reads what others wrote, strictly. */
  public static JsonNode parseStrictly(byte[] json) {
    StrictJson.check(json);
    return parse(json);
  }
}
