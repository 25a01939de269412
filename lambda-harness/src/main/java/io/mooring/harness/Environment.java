package io.mooring.harness;

import io.mooring.harness.Invocation.Outcome;
import io.mooring.harness.Invocation.TimedOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One execution environment: a process of its own that serves one event at a time, and stands still
 * in between if it is to. Only one caller at a time may invoke it.
 */
final class Environment implements AutoCloseable {
  private static final Duration INITIALISATION_MAX = Duration.ofMinutes(10);

  private static final int LAST_WORDS_MAX = 4_000;

  private final Process process;
  private final RuntimeApi api;
  private final boolean freezes;
  private boolean busy;
  private boolean asking;
  private boolean frozen;
  private final long startedNanos = System.nanoTime();
  private final CompletableFuture<Duration> ready = new CompletableFuture<>();

  private Environment(FunctionSettings settings, Path log) throws IOException {
    this.freezes = settings.freezes();
    this.api = new RuntimeApi(settings.arn(), this::idle);
    ProcessBuilder builder =
        new ProcessBuilder(settings.code().command(settings.javaOptionsWithHeap()))
            .directory(settings.code().root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // A function knows its own variables and Lambda's, and nothing of this machine.
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(settings.code().variables());
    builder.environment().putAll(settings.variables());
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", settings.name());
    builder
        .environment()
        .put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.memoryMegabytes()));
    builder.environment().put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    builder.environment().put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + settings.name());
    builder.environment().put("AWS_LAMBDA_LOG_STREAM_NAME", "harness");
    builder.environment().put("AWS_REGION", "us-east-1");
    this.process = builder.start();
    process
        .onExit()
        .thenAccept(
            ended -> {
              String why =
                  "exit code " + ended.exitValue() + " " + api.initError() + lastWords(log);
              ready.completeExceptionally(new IllegalStateException(why));
              api.abandon(why);
            });
  }

  static Environment cold(FunctionSettings settings, Path log) {
    try {
      return new Environment(settings, log);
    } catch (IOException e) {
      throw new UncheckedIOException("an environment cannot be started", e);
    }
  }

  private static String lastWords(Path log) {
    try {
      String all = Files.readString(log);
      return all.substring(Math.max(0, all.length() - LAST_WORDS_MAX));
    } catch (IOException e) {
      return "and left no words: " + e;
    }
  }

  /** The function asks for an event and there is none. */
  private synchronized void idle() {
    ready.complete(Duration.ofNanos(System.nanoTime() - startedNanos));
    asking = true;
    freezeIfIdle();
  }

  private synchronized void begin() {
    busy = true;
    if (frozen) {
      frozen = false;
      signal("CONT");
    }
  }

  private synchronized void offer(Invocation invocation) {
    asking = false;
    api.offer(invocation);
  }

  private synchronized void end() {
    busy = false;
    freezeIfIdle();
  }

  /** As Lambda does: the answer was taken and the next event is asked for, so it stands still. */
  private void freezeIfIdle() {
    if (freezes && !busy && asking && !frozen && process.isAlive()) {
      frozen = true;
      signal("STOP");
    }
  }

  /** How long the function took until it asked for its first event. */
  Duration initialised() {
    return ready.join();
  }

  Outcome invoke(byte[] event, Duration limit) {
    begin();
    try {
      // The time limit does not count the initialisation.
      ready.get(INITIALISATION_MAX.toMillis(), TimeUnit.MILLISECONDS);
      Invocation invocation = Invocation.of(event, Instant.now().plus(limit));
      offer(invocation);
      return invocation.outcome().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      return new TimedOut();
    } catch (ExecutionException e) {
      return new Invocation.Died(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      return new Invocation.Died("interrupted");
    } finally {
      end();
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  /** Sends the signal of that name to the process alone. */
  void signal(String name) {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (exit != 0 && process.isAlive()) {
        throw new IllegalStateException("kill -" + name + " ended with " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    api.close();
  }
}
