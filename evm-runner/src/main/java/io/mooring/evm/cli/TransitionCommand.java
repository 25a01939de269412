package io.mooring.evm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.evm.Fork;
import io.mooring.evm.Limits;
import io.mooring.evm.conformance.BlobScheduleJson;
import io.mooring.evm.conformance.ForkNames;
import io.mooring.evm.trace.TraceOptions;
import io.mooring.evm.transaction.BlobSchedule;
import io.mooring.evm.transaction.TransactionRules;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code t8n}: computes one block, with the options and the JSON of go-ethereum's tool. */
final class TransitionCommand {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String STDIN = "stdin";
  private static final String STDOUT = "stdout";
  private static final String STDERR = "stderr";
  private static final long MAINNET = 1;
  private static final long NO_REWARD = -1;

  private final Options options;
  private JsonNode stdin = MissingNode.getInstance();

  private TransitionCommand(Options options) {
    this.options = options;
  }

  static int run(Options options, PrintStream out, PrintStream err) throws IOException {
    options
        .allowingNoOthers()
        .allowing(
            "input.alloc",
            "input.env",
            "input.txs",
            "input.blobParams",
            "output.basedir",
            "output.alloc",
            "output.result",
            "output.body",
            "state.fork",
            "state.chainid",
            "state.reward",
            "trace",
            "trace.memory",
            "trace.nostack",
            "trace.returndata",
            "engine",
            "verbosity");
    new TransitionCommand(options).run(out, err);
    return Main.OK;
  }

  private void run(PrintStream out, PrintStream err) throws IOException {
    String forkName = options.find("state.fork").orElse("Osaka");
    Fork fork =
        ForkNames.find(forkName)
            .orElseThrow(() -> new Options.Misuse("there is no fork " + forkName));
    TransactionRules rules =
        new TransactionRules(
            fork, options.number("state.chainid", MAINNET), blobs(fork), Limits.STANDARD);
    Transition.Result result =
        new Transition(
                Engines.named(options.find("engine").orElse(Engines.DEFAULT)), rules, traces())
            .run(
                input("alloc"),
                input("env"),
                input("txs"),
                options.number("state.reward", NO_REWARD));

    ObjectNode toStdout = JsonNodeFactory.instance.objectNode();
    ObjectNode toStderr = JsonNodeFactory.instance.objectNode();
    write("alloc", "alloc.json", result.alloc(), toStdout, toStderr);
    write("result", "result.json", result.result(), toStdout, toStderr);
    write("body", "", result.body(), toStdout, toStderr);
    if (!toStdout.isEmpty()) {
      out.println(toStdout.toPrettyString());
    }
    if (!toStderr.isEmpty()) {
      err.println(toStderr.toPrettyString());
    }
  }

  private TransactionTraces traces() throws IOException {
    return options.has("trace")
        ? TransactionTraces.in(
            outputFolder(),
            new TraceOptions(
                !options.has("trace.nostack"),
                options.has("trace.memory"),
                false,
                options.has("trace.returndata")))
        : TransactionTraces.NONE;
  }

  private Path outputFolder() throws IOException {
    Path folder = Path.of(options.find("output.basedir").orElse(""));
    Files.createDirectories(folder.toAbsolutePath());
    return folder;
  }

  private BlobSchedule blobs(Fork fork) throws IOException {
    return options.find("input.blobParams").isPresent()
        ? BlobScheduleJson.read(input("blobParams"), fork)
        : BlobSchedule.of(fork);
  }

  private JsonNode input(String name) throws IOException {
    String from = options.find("input." + name).orElse(name + ".json");
    if (!from.equals(STDIN)) {
      return JSON.readTree(Path.of(from).toFile());
    }
    if (stdin.isMissingNode()) {
      stdin = JSON.readTree(System.in);
    }
    return stdin.path(name);
  }

  private void write(
      String name, String otherwise, JsonNode content, ObjectNode stdout, ObjectNode stderr)
      throws IOException {
    String to = options.find("output." + name).orElse(otherwise);
    switch (to) {
      case "" -> {}
      case STDOUT -> stdout.set(name, content);
      case STDERR -> stderr.set(name, content);
      default -> Files.writeString(outputFolder().resolve(to), content.toPrettyString());
    }
  }
}
