package io.mooring.platform.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Calls the server of a test as one credential, or as a stranger. */
public final class Client {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI server;
  private final Map<String, String> headers;

  private Client(URI server, Map<String, String> headers) {
    this.server = server;
    this.headers = headers;
  }

  public static Client stranger(URI server) {
    return new Client(server, Map.of());
  }

  public static Client of(URI server, String credential) {
    return stranger(server).with("Authorization", "Bearer " + credential);
  }

  public Client with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Client(server, more);
  }

  public Reply get(String path) {
    return send(path, "GET", "", new byte[0]);
  }

  public Reply delete(String path) {
    return send(path, "DELETE", "", new byte[0]);
  }

  public Reply post(String path, String json) {
    return post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  public Reply post(String path, String contentType, byte[] body) {
    return send(path, "POST", contentType, body);
  }

  public Reply put(String path, String json) {
    return send(path, "PUT", "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  private Reply send(String path, String method, String contentType, byte[] body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    headers.forEach(request::header);
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    try {
      return new Reply(
          HTTP.send(
              request.method(method, BodyPublishers.ofByteArray(body)).build(),
              BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " " + path, e);
    }
  }

  /** What came back. */
  public record Reply(HttpResponse<byte[]> response) {
    public int status() {
      return response.statusCode();
    }

    public byte[] bytes() {
      return response.body();
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public JsonNode json() {
      return json(text());
    }

    public static JsonNode json(String text) {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + text, e);
      }
    }

    /** The text of a member of the JSON object. */
    public String say(String member) {
      return json().path(member).asText();
    }
  }
}
