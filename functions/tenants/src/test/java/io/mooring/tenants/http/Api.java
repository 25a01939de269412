package io.mooring.tenants.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * A client of the running application, with one credential; it holds every answer to the contract.
 */
record Api(URI server, String credential) {
  static final String OPERATOR_KEY = "mk_operator_0123456789abcdef0123456789abcdef";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  static Api operator(URI server) {
    return new Api(server, OPERATOR_KEY);
  }

  /** Makes a tenant and returns its owner. */
  static Api owner(URI server, String name) {
    return new Api(
        server,
        operator(server)
            .post("/v1/tenants", "{\"name\":\"" + name + "\"}")
            .json()
            .path("apiKey")
            .asText());
  }

  Api with(String another) {
    return new Api(server, another);
  }

  String tenant() {
    return get("/v1/me").json().path("tenant").path("id").asText();
  }

  Reply get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  Reply delete(String path, String... headers) {
    return send("DELETE", path, BodyPublishers.noBody(), headers);
  }

  Reply post(String path, String body, String... headers) {
    return send("POST", path, BodyPublishers.ofString(body), headers);
  }

  Reply patch(String path, String body, String... headers) {
    return send("PATCH", path, BodyPublishers.ofString(body), headers);
  }

  private Reply send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .method(method, body)
            .setHeader("Content-Type", "application/json");
    if (!credential.isEmpty()) {
      request.setHeader("Authorization", "Bearer " + credential);
    }
    for (int at = 0; at < headers.length; at += 2) {
      request.setHeader(headers[at], headers[at + 1]);
    }
    try {
      var reply = new Reply(CLIENT.send(request.build(), BodyHandlers.ofString()));
      Contract.assertAnswers(
          method, path, reply.status(), reply.header("Content-Type"), reply.body());
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What came back. */
  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String code() {
      return json().path("code").asText();
    }

    JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
