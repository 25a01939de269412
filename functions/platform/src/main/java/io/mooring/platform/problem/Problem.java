package io.mooring.platform.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.platform.json.JsonTree;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A refusal as the client reads it (RFC 9457), for one request.
 *
 * @param told members that only refusals of this code have
 */
public record Problem(
    Refusal refusal, String detail, String fix, Map<String, JsonNode> told, String requestId) {
  public static final String MEDIA_TYPE = "application/problem+json";

  /** Where the page of problems is served; relative, so that it resolves on any host. */
  public static final String PAGE = "/docs/reference/problems";

  private static final JsonFactory JSON = new JsonFactory();

  public static Problem of(RefusedException refused, String requestId) {
    return new Problem(
        refused.refusal(), refused.detail(), refused.fix(), refused.told(), requestId);
  }

  public static Problem of(Refusal refusal, String detail, String requestId) {
    return new Problem(refusal, detail, refusal.remedy(), Map.of(), requestId);
  }

  public String type() {
    return PAGE + "#" + refusal.code().toLowerCase(Locale.ROOT);
  }

  /** Names this one occurrence; the log line of the request carries the same id. */
  public String instance() {
    return "urn:mooring:request:" + requestId;
  }

  public String toJson() {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", type());
      json.writeStringField("title", refusal.title());
      json.writeNumberField("status", refusal.status());
      json.writeStringField("detail", detail);
      json.writeStringField("instance", instance());
      json.writeStringField("code", refusal.code());
      json.writeBooleanField("retryable", refusal.retryable());
      if (!fix.isEmpty()) {
        json.writeStringField("fix", fix);
      }
      if (!refusal.oauthError().isEmpty()) {
        json.writeStringField("error", refusal.oauthError());
      }
      for (Map.Entry<String, JsonNode> member : new TreeMap<>(told).entrySet()) {
        json.writeFieldName(member.getKey());
        json.writeRawValue(JsonTree.text(member.getValue()));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string took no more text", e);
    }
    return text.toString();
  }
}
