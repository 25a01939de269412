package io.mooring.platform.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The HTTP client that every client of AWS uses: the JDK's, which lets some failures of its socket
 * pass the SDK's net as unchecked exceptions; here they are what they are. And a small body is sent
 * without asking first.
 */
public final class Wire implements SdkHttpClient {
  /** A body of this size or more is sent only after the server has said that it wants it. */
  static final long ASK_FIRST_BYTES = 1024L * 1024;

  private static final String CONTENT_LENGTH = "Content-Length";
  private static final String EXPECT = "Expect";

  private final SdkHttpClient client;

  private Wire(SdkHttpClient client) {
    this.client = client;
  }

  public static SdkHttpClient.Builder<?> builder() {
    return new Opening();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Exchange(client.prepareRequest(unasked(request)));
  }

  /** {@code Expect: 100-continue} costs a round trip, which a small body does not save. */
  private static HttpExecuteRequest unasked(HttpExecuteRequest request) {
    SdkHttpRequest head = request.httpRequest();
    boolean large =
        head.firstMatchingHeader(CONTENT_LENGTH)
            .filter(length -> Long.parseLong(length) >= ASK_FIRST_BYTES)
            .isPresent();
    if (large || head.firstMatchingHeader(EXPECT).isEmpty()) {
      return request;
    }
    HttpExecuteRequest.Builder unasked =
        HttpExecuteRequest.builder()
            .request(head.toBuilder().removeHeader(EXPECT).build())
            .contentStreamProvider(request.contentStreamProvider().orElse(null));
    request.metricCollector().ifPresent(unasked::metricCollector);
    return unasked.build();
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
  }

  private record Opening() implements SdkHttpClient.Builder<Opening> {
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new Wire(UrlConnectionHttpClient.builder().buildWithDefaults(defaults));
    }
  }

  private record Exchange(ExecutableHttpRequest exchange) implements ExecutableHttpRequest {
    @Override
    public HttpExecuteResponse call() throws IOException {
      try {
        return exchange.call();
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    @Override
    public void abort() {
      exchange.abort();
    }
  }
}
