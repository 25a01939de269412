package io.mooring.platform.commit;

import org.jspecify.annotations.Nullable;

/** One write that waits for its settlement. */
final class Ticket {
  /** The attempt of a direct write cannot have been committed before it was made. */
  static final long FIRST_SENT = -1;

  private final Prepared write;
  private final long sentAfter;
  private final long deadline;
  private final boolean mayGoToIntake;
  private final Pace.Gate gate;

  private volatile @Nullable Settlement settlement;
  private volatile long after;

  /**
   * {@code sentAfter} is the last commit that was known when the attempt was first sent, if it may
   * have been sent before; {@code deadline} is on the steady clock.
   */
  Ticket(Prepared write, long sentAfter, long deadline, boolean mayGoToIntake, Pace.Gate gate) {
    this.write = write;
    this.sentAfter = sentAfter;
    this.deadline = deadline;
    this.mayGoToIntake = mayGoToIntake;
    this.gate = gate;
  }

  Prepared write() {
    return write;
  }

  boolean mayHaveBeenSent() {
    return sentAfter != FIRST_SENT;
  }

  long sentAfter() {
    return sentAfter;
  }

  long deadline() {
    return deadline;
  }

  boolean mayGoToIntake() {
    return mayGoToIntake;
  }

  /** The last commit known when the attempt was sent to the store or the intake. */
  void sent(long after) {
    this.after = after;
  }

  long after() {
    return after;
  }

  void settle(Settlement settlement) {
    this.settlement = settlement;
    gate.open();
  }

  boolean isSettled() {
    return settlement != null;
  }

  /** The settlement, if it comes within {@code millis}. */
  @Nullable Settlement await(long millis) {
    if (settlement == null) {
      gate.await(millis);
    }
    return settlement;
  }
}
