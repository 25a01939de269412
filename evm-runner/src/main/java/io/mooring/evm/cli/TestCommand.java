package io.mooring.evm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.evm.Evm;
import io.mooring.evm.Fork;
import io.mooring.evm.conformance.BlockTestRunner;
import io.mooring.evm.conformance.CaseResult;
import io.mooring.evm.conformance.CaseResult.Verdict;
import io.mooring.evm.conformance.ForkNames;
import io.mooring.evm.conformance.StateTestRunner;
import io.mooring.evm.conformance.TestFiles;
import io.mooring.evm.trace.JsonStepTracer;
import io.mooring.evm.trace.TraceOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code statetest} and {@code blocktest}: run Ethereum's tests, one JSON line a case. */
final class TestCommand {
  private static final int THREADS = 2;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
  private final PrintStream out;

  /** Runs the cases of one file that are of a fork that is wanted. */
  private interface Tests {
    List<CaseResult> run(String file, JsonNode tests, Predicate<String> wanted);
  }

  private TestCommand(PrintStream out) {
    this.out = out;
  }

  static int runStateTests(Options options, PrintStream out, PrintStream err) throws IOException {
    String engine = engine(options, "trace");
    Evm evm = Engines.named(engine);
    StateTestRunner runner =
        options.has("trace")
            ? new StateTestRunner(evm, () -> new JsonStepTracer(TraceOptions.USUAL, err))
            : new StateTestRunner(evm);
    return new TestCommand(out).run(options, engine, runner::run, err);
  }

  static int runBlockTests(Options options, PrintStream out, PrintStream err) throws IOException {
    String engine = engine(options, "threads");
    Evm evm = Engines.named(engine);
    return new TestCommand(out).run(options, engine, new BlockTestRunner(evm)::run, err);
  }

  private static String engine(Options options, String more) {
    options.allowing("fork", "engine", "threads", more);
    return options.find("engine").orElse(Engines.DEFAULT);
  }

  private int run(Options options, String engine, Tests tests, PrintStream err) throws IOException {
    if (options.rest().isEmpty()) {
      throw new Options.Misuse("which tests? give a JSON file, a folder or a zip");
    }
    for (String path : options.rest()) {
      if (!Files.exists(Path.of(path))) {
        throw new Options.Misuse("there is no " + path);
      }
    }
    Predicate<String> wanted = options.find("fork").map(TestCommand::only).orElse(name -> true);
    // Traces of two cases at once would be one no reader could take apart.
    int threads = options.has("trace") ? 1 : Math.toIntExact(options.number("threads", THREADS));

    long start = System.nanoTime();
    try (TestFiles files =
        new TestFiles(threads, (name, json) -> tests.run(name, json, wanted), this::report)) {
      for (String path : options.rest()) {
        files.run(Path.of(path));
      }
    }
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    err.printf(
        "%d passed, %d failed, %d skipped in %.1f s, engine %s%n",
        count(Verdict.PASSED), count(Verdict.FAILED), count(Verdict.SKIPPED), seconds, engine);
    return count(Verdict.FAILED) == 0 ? Main.OK : Main.FAILED;
  }

  private static Predicate<String> only(String forkName) {
    Fork fork =
        ForkNames.find(forkName)
            .orElseThrow(() -> new Options.Misuse("there is no fork " + forkName));
    return name -> ForkNames.find(name).equals(Optional.of(fork));
  }

  private int count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0);
  }

  private void report(CaseResult result) {
    counts.merge(result.verdict(), 1, Integer::sum);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", result.name()).put("fork", result.fork());
    switch (result.verdict()) {
      case PASSED -> json.put("pass", true);
      case FAILED -> json.put("pass", false);
      case SKIPPED -> json.putNull("pass").put("skipped", true);
    }
    if (result.stateRoot() != null) {
      json.put("stateRoot", result.stateRoot().toString());
    }
    if (!result.error().isEmpty()) {
      json.put("error", result.error());
    }
    out.println(json);
  }
}
