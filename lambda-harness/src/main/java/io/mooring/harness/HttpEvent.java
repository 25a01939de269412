package io.mooring.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Between a request and API Gateway's event of payload format 2.0, and back. */
final class HttpEvent {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TEXT =
      Pattern.compile("text/.*|application/(.*\\+)?(json|xml|javascript|x-www-form-urlencoded).*");
  private static final String LOOPBACK = "127.0.0.1";
  private static final int NO_BODY = -1;

  private HttpEvent() {}

  static byte[] of(HttpExchange exchange, byte[] body) {
    return of(
        exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), body);
  }

  static byte[] of(String method, URI uri, Map<String, List<String>> sent, byte[] body) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("routeKey", "$default").put("rawPath", uri.getRawPath());
    event.put("rawQueryString", uri.getRawQuery() == null ? "" : uri.getRawQuery());
    ObjectNode headers = event.putObject("headers");
    sent.forEach(
        (name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (lower.equals("cookie")) {
            ArrayNode cookies = event.putArray("cookies");
            values.stream().flatMap(value -> Stream.of(value.split("; "))).forEach(cookies::add);
          } else {
            headers.put(lower, String.join(",", values));
          }
        });
    ObjectNode context = event.putObject("requestContext");
    context.put("accountId", "000000000000").put("apiId", "harness").put("stage", "$default");
    context.put("domainName", headers.path("host").asText(LOOPBACK));
    context.put("requestId", UUID.randomUUID().toString()).put("routeKey", "$default");
    context.put("timeEpoch", System.currentTimeMillis());
    context
        .putObject("http")
        .put("method", method)
        .put("path", uri.getRawPath())
        .put("protocol", "HTTP/1.1")
        .put("sourceIp", LOOPBACK);
    boolean text = TEXT.matcher(headers.path("content-type").asText()).matches();
    event.put("isBase64Encoded", !text && body.length > 0);
    if (body.length > 0) {
      event.put(
          "body",
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
    }
    try {
      return JSON.writeValueAsBytes(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends what the function answered. */
  static void reply(HttpExchange exchange, byte[] payload) throws IOException {
    JsonNode answer = JSON.readTree(payload);
    var headers = exchange.getResponseHeaders();
    answer
        .path("headers")
        .properties()
        .forEach(e -> headers.set(e.getKey(), e.getValue().asText()));
    answer
        .path("multiValueHeaders")
        .properties()
        .forEach(e -> e.getValue().forEach(value -> headers.add(e.getKey(), value.asText())));
    answer.path("cookies").forEach(cookie -> headers.add("Set-Cookie", cookie.asText()));
    headers.remove("Content-Length");
    headers.remove("Transfer-Encoding");
    String text = answer.path("body").asText("");
    byte[] body =
        answer.path("isBase64Encoded").asBoolean()
            ? Base64.getDecoder().decode(text)
            : text.getBytes(StandardCharsets.UTF_8);
    boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.path("statusCode").asInt(), none ? NO_BODY : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
