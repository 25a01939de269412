package io.mooring.platform.outbound;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Fetches a small document from a URL that a tenant has named: by HTTPS, from a public address that
 * was judged after it was resolved and is the very one connected to, without following redirects,
 * within a deadline and a size.
 */
@Singleton
public final class GuardedFetch {
  public static final Duration DEADLINE = Duration.ofSeconds(3);
  public static final int BYTES_MAX = 64 * 1024;
  private static final String BYTE = "(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
  private static final Pattern PLAIN_V4 = Pattern.compile("(" + BYTE + "\\.){3}" + BYTE);
  private static final Pattern NUMERIC = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");
  private static final int OK = 200;
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private final HttpClient client;
  private final boolean loopback;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public GuardedFetch(Vertx vertx, OutboundConfig config) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(DEADLINE.toMillis()))
                .setKeepAlive(false)
                .setMaxInitialLineLength(4096)
                .setMaxHeaderSize(8192));
    this.loopback = config.loopback();
  }

  /** Refuses a URL that could never be fetched, before it is remembered. */
  public URI checked(String url) throws OutboundException {
    try {
      URI uri = new URI(url);
      boolean secure = "https".equals(uri.getScheme());
      boolean plain = loopback && "http".equals(uri.getScheme());
      if (!(secure || plain)
          || uri.getHost() == null
          || uri.getUserInfo() != null
          || uri.getFragment() != null
          || isOddlyNumeric(uri.getHost())) {
        throw new OutboundException(
            "a URL has https, a plainly written host, no user and no fragment");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new OutboundException("this is not a URL");
    }
  }

  /** Whether one reader could take the host for an address where another takes it otherwise. */
  private static boolean isOddlyNumeric(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1);
    return NUMERIC.matcher(last).matches() && !PLAIN_V4.matcher(host).matches();
  }

  public byte[] get(String url) throws OutboundException {
    URI uri = checked(url);
    var work = threads.submit(() -> fetch(uri));
    try {
      return work.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new OutboundException("no answer within the deadline");
    } catch (ExecutionException e) {
      throw known(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutboundException("interrupted", e);
    } finally {
      work.cancel(true);
    }
  }

  private static OutboundException known(ExecutionException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutboundException known) {
        return known;
      }
    }
    return new OutboundException("the request failed", failed);
  }

  private byte[] fetch(URI uri) throws OutboundException, ExecutionException, InterruptedException {
    boolean secure = uri.getScheme().equals("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
    InetAddress address = resolved(uri.getHost());
    var request =
        new RequestOptions()
            .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
            .setHost(uri.getHost())
            .setPort(port)
            .setSsl(secure)
            .setFollowRedirects(false)
            .setTimeout(DEADLINE.toMillis())
            .setURI(pathOf(uri))
            .putHeader("Accept", "application/json");
    return client
        .request(request)
        .compose(open -> open.send().compose(GuardedFetch::bounded))
        .toCompletionStage()
        .toCompletableFuture()
        .get()
        .getBytes();
  }

  private static String pathOf(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /** Every address of the host must be public: one private one among them is an attack. */
  private InetAddress resolved(String host) throws OutboundException {
    try {
      InetAddress[] all = InetAddress.getAllByName(host);
      for (InetAddress address : all) {
        if (!PublicAddress.is(address) && !(loopback && address.isLoopbackAddress())) {
          throw new OutboundException("the host is not on the public Internet");
        }
      }
      return all[0];
    } catch (UnknownHostException e) {
      throw new OutboundException("the host has no address");
    }
  }

  private static Future<Buffer> bounded(HttpClientResponse response) {
    Promise<Buffer> body = Promise.promise();
    response.exceptionHandler(body::tryFail);
    if (response.statusCode() != OK) {
      body.fail(new OutboundException("the answer is not a 200"));
      response.request().reset();
      return body.future();
    }
    Buffer received = Buffer.buffer();
    response.handler(
        part -> {
          if (received.length() + part.length() > BYTES_MAX) {
            body.tryFail(new OutboundException("the answer is too large"));
            response.request().reset();
          } else {
            received.appendBuffer(part);
          }
        });
    response.endHandler(end -> body.tryComplete(received));
    return body.future();
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
    client.close();
  }
}
