package io.mooring.platform.commit.simulation;

import io.mooring.platform.commit.Pace;
import java.util.PriorityQueue;
import java.util.Random;

/** One thread, a clock that moves from event to event, and a seed that decides all the rest. */
public final class World {
  /** Far more than any schedule needs: one that gets here goes round in circles. */
  private static final int EVENTS_MAX = 200_000;

  private final Random random;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now = 1_000_000;
  private long waits;
  private long order;
  private Strand current;

  public World(Random random) {
    this.random = random;
  }

  private record Event(long at, int tie, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      int byTie = byTime != 0 ? byTime : Integer.compare(tie, other.tie);
      return byTie != 0 ? byTie : Long.compare(order, other.order);
    }
  }

  public Random random() {
    return random;
  }

  public long now() {
    return now;
  }

  public void at(long time, Runnable what) {
    events.add(new Event(Math.max(time, now), random.nextInt(), order++, what));
  }

  public void start(Process process, Runnable work) {
    Strand strand = new Strand(process, work);
    at(now, () -> resume(strand));
  }

  private void resume(Strand strand) {
    if (strand.isDone() || strand.process().diesHere()) {
      return;
    }
    current = strand;
    strand.goOn();
  }

  /** Lets time pass for the strand that calls this. */
  public void sleep(long millis) {
    Strand strand = current;
    long wait = strand.waitFor(++waits);
    at(now + millis, () -> wake(strand, wait));
    Strand.stop();
  }

  private void wake(Strand strand, long wait) {
    if (strand.waitsFor(wait)) {
      strand.waitFor(0);
      resume(strand);
    }
  }

  public Pace.Gate gate() {
    return new SimulatedGate();
  }

  /** Runs until nothing is left to happen. */
  public void run() {
    for (int count = 0; !events.isEmpty(); count++) {
      if (count > EVENTS_MAX) {
        throw new AssertionError("more than " + EVENTS_MAX + " events");
      }
      Event next = events.remove();
      now = next.at();
      next.what().run();
    }
  }

  private final class SimulatedGate implements Pace.Gate {
    private boolean open;
    private Strand waiter;
    private long wait;

    @Override
    public boolean await(long millis) {
      if (!open && millis > 0) {
        waiter = current;
        wait = waiter.waitFor(++waits);
        Strand strand = waiter;
        long number = wait;
        at(now + millis, () -> wake(strand, number));
        Strand.stop();
      }
      return open;
    }

    @Override
    public void open() {
      open = true;
      if (waiter != null) {
        Strand strand = waiter;
        long number = wait;
        at(now, () -> wake(strand, number));
      }
    }
  }
}
