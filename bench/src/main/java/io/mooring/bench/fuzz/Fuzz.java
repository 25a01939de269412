package io.mooring.bench.fuzz;

import io.mooring.bench.evm.Engine;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code Fuzz PEERS COUNT [FIRST_SEED]}: runs the cases of COUNT seeds on our engine and on the
 * peers, and ends with 1 if any of them differs in state root, logs or refusal.
 *
 * <p>Most cases go through a contract that stores the status, the output's hash and the gas left,
 * so that the state root speaks for them, too. The file of a batch that differs is kept.
 */
public final class Fuzz {
  private static final int BATCH = 5000;
  private static final int DIFFERENCES_SHOWN = 20;

  private Fuzz() {}

  private record Batch(Path file, Map<String, Boolean> refusals) {}

  public static void main(String[] arguments) throws Exception {
    Path peers = Path.of(arguments[0]).toAbsolutePath();
    long count = Long.parseLong(arguments[1]);
    long first = arguments.length > 2 ? Long.parseLong(arguments[2]) : 0;
    Path scratch = Files.createTempDirectory("evm-fuzz");
    CaseRunner runner = new CaseRunner(Engine.ours());

    long start = System.nanoTime();
    long done = 0;
    long refused = 0;
    List<String> differences = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(FuzzPeer.values().length)) {
      for (long seed = first; seed < first + count; seed += BATCH) {
        Batch batch = write(runner, scratch, seed, Math.min(BATCH, first + count - seed));
        List<String> found = compare(pool, peers, batch);
        differences.addAll(found);
        if (found.isEmpty()) {
          Files.delete(batch.file);
        } else {
          found.stream().limit(DIFFERENCES_SHOWN).forEach(System.out::println);
          System.out.println("kept: " + batch.file);
        }
        done += batch.refusals.size();
        refused += batch.refusals.values().stream().filter(r -> r).count();
        System.out.printf(
            "%d cases (%d refused), %d differences, %.0f s%n",
            done, refused, differences.size(), (System.nanoTime() - start) / 1e9);
      }
    }
    System.exit(differences.isEmpty() ? 0 : 1);
  }

  private static Batch write(CaseRunner runner, Path scratch, long first, long count)
      throws IOException {
    Path file = scratch.resolve("seeds-" + first + ".json");
    Map<String, Boolean> refusals = new LinkedHashMap<>();
    try (StateTestWriter writer =
        new StateTestWriter(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (long seed = first; seed < first + count; seed++) {
        FuzzCase fuzz = CaseGenerator.of(seed);
        CaseRunner.Result result = runner.run(fuzz);
        writer.write(fuzz, result);
        refusals.put(fuzz.name(), result.refused());
      }
    }
    return new Batch(file, refusals);
  }

  private static List<String> compare(ExecutorService pool, Path peers, Batch batch)
      throws InterruptedException, ExecutionException {
    Map<FuzzPeer, Future<Map<String, String>>> running = new LinkedHashMap<>();
    for (FuzzPeer peer : FuzzPeer.values()) {
      running.put(peer, pool.submit(() -> peer.run(peers, batch.file)));
    }
    List<String> differences = new ArrayList<>();
    for (var entry : running.entrySet()) {
      Map<String, String> failures = entry.getValue().get();
      failures.forEach(
          (name, why) -> {
            if (!why.isEmpty()) {
              differences.add(entry.getKey() + " differs on " + name + ": " + why);
            }
          });
      long missing =
          batch.refusals.keySet().stream().filter(name -> !failures.containsKey(name)).count();
      if (missing > 0 && differences.isEmpty()) {
        differences.add(entry.getKey() + " did not run " + missing + " cases");
      }
    }
    return differences;
  }
}
