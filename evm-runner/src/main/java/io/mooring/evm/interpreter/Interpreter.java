package io.mooring.evm.interpreter;

import io.mooring.evm.Environment;
import io.mooring.evm.Evm;
import io.mooring.evm.Message;
import io.mooring.evm.Outcome;
import io.mooring.evm.Tracer;
import io.mooring.evm.state.WorldState;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.LongSupplier;

/** Our engine; one serves all threads and remembers the programs it has cut. */
public final class Interpreter implements Evm {
  private final LongSupplier nanoTime;
  private final Programs programs = new Programs();
  private final Deque<Frames> pool = new ConcurrentLinkedDeque<>();

  public Interpreter() {
    this(System::nanoTime);
  }

  /** An engine whose watchdog looks at this clock, of nanoseconds from anywhere. */
  public Interpreter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public Outcome execute(
      Message message, Environment environment, WorldState state, Tracer tracer) {
    Frames pooled = pool.poll();
    Frames frames = pooled == null ? new Frames() : pooled;
    Execution execution = new Execution(environment, state, tracer, programs, frames, nanoTime);

    Outcome outcome = execution.run(message);

    // Where run() threw, its frames are in no known state and are left to the collector.
    frames.trim();
    pool.push(frames);
    return outcome;
  }
}
