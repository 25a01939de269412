package io.mooring.harness;

import io.mooring.localstack.Application;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The product as functions, over the engines of the local stack: a gateway before environments of
 * {@code functions/api}, and the sequencer of {@code functions/jobs} behind the intake.
 */
public final class LambdaApplication implements Application {
  static final int API_ENVIRONMENTS = 3;

  /** They tell of every call, and of every condition that does not hold. */
  private static final Logger ENGINES = Logger.getLogger("com.amazonaws");

  private static final int SEQUENCERS = 1;
  private static final int VISIBILITY_SECONDS = 90;
  private static final Duration SEQUENCER_LIMIT = Duration.ofSeconds(60);

  @Override
  public void run(Map<String, String> settings, URI url, Path home) throws Exception {
    ENGINES.setLevel(Level.OFF);
    Path logs = Files.createDirectories(home.resolve("environments"));
    Leftovers.end(logs);
    Packages packages = Packages.unpacked(fresh());
    Queues queues = Queues.started(VISIBILITY_SECONDS);
    Map<String, String> told = new HashMap<>(settings);
    told.putAll(queues.properties());
    // A process that is killed must not leave one standing still behind it.
    Function sequencer =
        new Function(
            FunctionSettings.of("mooring-intake", packages.jobs(), told)
                .with("quarkus.lambda.handler", "intake")
                .withLimit(SEQUENCER_LIMIT)
                .withEnvironments(SEQUENCERS)
                .thatNeverFreezes(),
            logs);
    Function api =
        new Function(
            FunctionSettings.of("mooring-api", packages.api(), told)
                .withEnvironments(API_ENVIRONMENTS)
                .thatNeverFreezes(),
            logs);
    Gateway gateway = new Gateway(url.getPort(), api);
    QueueSource source = queues.source(sequencer, SEQUENCERS);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  gateway.close();
                  api.close();
                  sequencer.close();
                  source.close();
                  stopped.countDown();
                }));
    stopped.await();
  }

  private static Path fresh() throws IOException {
    Path folder = Files.createTempDirectory("mooring-functions");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    return folder;
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      System.err.println("left behind: " + folder + ": " + e);
    }
  }
}
