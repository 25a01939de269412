package io.mooring.evm.cli;

import io.mooring.evm.Hash;
import io.mooring.evm.Tracer;
import io.mooring.evm.trace.JsonStepTracer;
import io.mooring.evm.trace.TraceOptions;
import io.mooring.evm.transaction.TransactionResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Where {@code t8n} writes the steps of the transactions it runs, if it was asked to. */
interface TransactionTraces {
  TransactionTraces NONE = (index, hash, run) -> run.apply(Tracer.NONE);

  /** Runs the transaction that stands at {@code index} in the input. */
  TransactionResult run(int index, Hash hash, Function<Tracer, TransactionResult> run);

  /**
   * A file for each, named as go-ethereum names it; empty for a transaction that was refused. The
   * folder has to exist.
   */
  static TransactionTraces in(Path folder, TraceOptions options) {
    return (index, hash, run) -> {
      Path file = folder.resolve("trace-%d-%s.jsonl".formatted(index, hash));
      try (Writer out = Files.newBufferedWriter(file)) {
        return run.apply(new JsonStepTracer(options, out));
      } catch (IOException notWritten) {
        throw new UncheckedIOException(notWritten);
      }
    };
  }
}
