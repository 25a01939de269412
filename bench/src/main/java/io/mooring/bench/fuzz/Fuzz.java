package io.mooring.bench.fuzz;

import io.mooring.bench.evm.Engine;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code Fuzz PEERS COUNT [FIRST_SEED]}: runs the cases of COUNT seeds on our engine and on the
 * peers, and ends with 1 if any of them differs in state root, logs or refusal.
 *
 * <p>Most cases go through a contract that stores the status, the output's hash and the gas left,
 * so that the state root speaks for them, too; a program counts once, where the transaction or that
 * contract runs it, not again where another calls it. The file of a batch that differs is kept.
 */
public final class Fuzz {
  private static final int BATCH = 2500;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int DIFFERENCES_SHOWN = 20;

  private Fuzz() {}

  private record Batch(Path file, Set<String> names, int programs, int refused) {}

  public static void main(String[] arguments) throws Exception {
    Path peers = Path.of(arguments[0]).toAbsolutePath();
    long count = Long.parseLong(arguments[1]);
    long first = arguments.length > 2 ? Long.parseLong(arguments[2]) : 0;
    Path scratch = Files.createTempDirectory("evm-fuzz");
    CaseRunner runner = new CaseRunner(Engine.ours());

    long start = System.nanoTime();
    long cases = 0;
    long programs = 0;
    long refused = 0;
    int differences = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(1 + FuzzPeer.values().length)) {
      Future<Batch> next = pool.submit(() -> write(runner, scratch, first, Math.min(BATCH, count)));
      while (cases < count) {
        Batch batch = next.get();
        cases += batch.names.size();
        long from = first + cases;
        long left = Math.min(BATCH, count - cases);
        next = pool.submit(() -> write(runner, scratch, from, left)); // while the peers run
        List<String> found = compare(pool, peers, batch);
        if (found.isEmpty()) {
          Files.delete(batch.file);
        } else {
          found.stream().limit(DIFFERENCES_SHOWN).forEach(System.out::println);
          System.out.println("kept: " + batch.file);
        }
        differences += found.size();
        programs += batch.programs;
        refused += batch.refused;
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        System.out.printf(
            "%d cases to seed %d, %d programs, %d refused, %d differences, %.0f s:"
                + " %.0f cases and %.0f programs a second%n",
            cases,
            from - 1,
            programs,
            refused,
            differences,
            seconds,
            cases / seconds,
            programs / seconds);
      }
    }
    System.exit(differences == 0 ? 0 : 1);
  }

  private static Batch write(CaseRunner runner, Path scratch, long first, long count)
      throws IOException {
    Path file = scratch.resolve("seeds-" + first + ".json");
    Set<String> names = new HashSet<>();
    int programs = 0;
    int refused = 0;
    try (StateTestWriter writer =
        new StateTestWriter(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (long seed = first; seed < first + count; seed++) {
        FuzzCase fuzz = CaseGenerator.of(seed);
        CaseRunner.Result result = runner.run(fuzz);
        writer.write(fuzz, result);
        names.add(fuzz.name());
        programs += result.refused() ? 0 : CaseGenerator.programs(fuzz);
        refused += result.refused() ? 1 : 0;
      }
    }
    return new Batch(file, names, programs, refused);
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
      long missing = batch.names.stream().filter(name -> !failures.containsKey(name)).count();
      if (missing > 0 && differences.isEmpty()) {
        differences.add(entry.getKey() + " did not run " + missing + " cases");
      }
    }
    return differences;
  }
}
