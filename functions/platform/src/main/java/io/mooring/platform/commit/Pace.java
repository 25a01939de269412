package io.mooring.platform.commit;

/**
 * How time passes and work goes on for the sequencer: threads and the system clock in the product,
 * one seeded thread and a virtual clock in the simulator.
 */
public interface Pace {
  /** Milliseconds since 1970, by a clock that may jump. */
  long wallMillis();

  /** Milliseconds that never jump, from an arbitrary beginning. */
  long steadyMillis();

  /** Starts {@code task} beside the caller. */
  void run(Runnable task);

  Gate gate();

  /** Something to wait at, until it is opened for good. */
  interface Gate {
    /** Returns when the gate is open, or after {@code millis}; whether it is open. */
    boolean await(long millis);

    void open();
  }

  default void pause(long millis) {
    if (millis > 0) {
      gate().await(millis);
    }
  }
}
