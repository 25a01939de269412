package io.mooring.platform;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Time and randomness as this machine has them, for whoever asks in a constructor. */
final class ThisMachine {
  @Produces
  @Singleton
  @DefaultBean
  InstantSource clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  @DefaultBean
  RandomGenerator random() {
    return new SecureRandom();
  }
}
