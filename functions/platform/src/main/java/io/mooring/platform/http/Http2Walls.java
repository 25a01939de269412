package io.mooring.platform.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/** Gives HTTP/2 the same wall behind the headers' bound as HTTP/1.1 has. */
@Singleton
public final class Http2Walls implements HttpServerOptionsCustomizer {
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    widen(options);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    widen(options);
  }

  private static void widen(HttpServerOptions options) {
    options.getInitialSettings().setMaxHeaderListSize(options.getMaxHeaderSize());
  }
}
