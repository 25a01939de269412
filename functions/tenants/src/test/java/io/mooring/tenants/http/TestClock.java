package io.mooring.tenants.http;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time of day, which a test can move on. */
@Singleton
public class TestClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  void goOn(Duration time) {
    ahead = ahead.plus(time);
  }

  void comeBack() {
    ahead = Duration.ZERO;
  }
}
