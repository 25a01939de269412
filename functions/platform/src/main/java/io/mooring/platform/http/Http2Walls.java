package io.mooring.platform.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Gives HTTP/2 the same wall behind the headers' bound as HTTP/1.1 has, and offers it over TLS
 * only.
 *
 * <p>A client that upgrades a connection in the clear (Java's own does, unasked) gets the beginning
 * of an answer beyond 64 KB in frames and the rest of it without, which Vert.x 4.5 does about every
 * second time.
 */
@Singleton
public final class Http2Walls implements HttpServerOptionsCustomizer {
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setHttp2ClearTextEnabled(false);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    widen(options);
  }

  private static void widen(HttpServerOptions options) {
    options.getInitialSettings().setMaxHeaderListSize(options.getMaxHeaderSize());
  }
}
