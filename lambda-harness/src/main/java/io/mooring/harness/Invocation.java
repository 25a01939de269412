package io.mooring.harness;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One event on its way through one environment, and the future that its outcome completes. */
record Invocation(
    String requestId, byte[] event, Instant deadline, CompletableFuture<Outcome> outcome) {

  static Invocation of(byte[] event, Instant deadline) {
    return new Invocation(UUID.randomUUID().toString(), event, deadline, new CompletableFuture<>());
  }

  /** What became of it. */
  public sealed interface Outcome {}

  /** The function answered. */
  public record Answered(byte[] payload) implements Outcome {}

  /** The function failed and said so: the error's JSON. */
  public record Failed(String error) implements Outcome {}

  /** The environment was still working at the function's time limit and was killed. */
  public record TimedOut() implements Outcome {}

  /** The process ended before it answered. */
  public record Died(String why) implements Outcome {}
}
