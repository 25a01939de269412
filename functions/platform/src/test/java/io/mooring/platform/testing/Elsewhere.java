package io.mooring.platform.testing;

import java.net.URI;
import java.util.Optional;

/**
 * An engine that runs already, and that the contracts of the stores are tried on instead of one in
 * this process: LocalStack, by make it-localstack.
 */
public final class Elsewhere {
  private static final String ENDPOINT = "LOCALSTACK_ENDPOINT";

  private Elsewhere() {}

  public static Optional<URI> endpoint() {
    return Optional.ofNullable(System.getenv(ENDPOINT)).map(URI::create);
  }

  /** A name that nothing there has yet. */
  public static String fresh(String name) {
    return name + "-" + Long.toString(System.nanoTime(), 36);
  }
}
