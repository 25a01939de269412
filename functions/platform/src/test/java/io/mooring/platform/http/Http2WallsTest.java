package io.mooring.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.http.HttpServerOptions;
import org.junit.jupiter.api.Test;

class Http2WallsTest {
  private final HttpServerOptions options = new HttpServerOptions().setMaxHeaderSize(65_536);

  @Test
  void nobodyIsUpgradedToHttp2InTheClear() {
    new Http2Walls().customizeHttpServer(options);
    assertFalse(options.isHttp2ClearTextEnabled());
  }

  @Test
  void overTlsItsHeadersHaveTheBoundOfHttp1() {
    new Http2Walls().customizeHttpsServer(options);
    assertEquals(65_536, options.getInitialSettings().getMaxHeaderListSize());
  }
}
