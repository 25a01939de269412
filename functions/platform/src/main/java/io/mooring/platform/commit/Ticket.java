package io.mooring.platform.commit;

import org.jspecify.annotations.Nullable;

/** One write that waits for its settlement. */
final class Ticket {
  /** The attempt has not been sent to the store or the intake. */
  static final long NEVER_SENT = -1;

  private final Prepared write;
  private final long deadline;
  private final boolean mayGoToIntake;
  private final Pace.Gate gate;

  private volatile @Nullable Settlement settlement;
  private volatile long sentAfter;
  private volatile long doubtful;
  private volatile long followedAt;
  private volatile boolean judged;
  private volatile Funding.@Nullable Funded funded;

  /**
   * {@code sentAfter} is the last commit that was known when the attempt was first sent; {@code
   * deadline} is on the steady clock.
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

  boolean wasSent() {
    return sentAfter != NEVER_SENT;
  }

  /** The attempt can only be in a commit above this one. */
  long sentAfter() {
    return Math.max(sentAfter, 0);
  }

  /** Notes the last commit known at the first time that the attempt goes out. */
  void sent(long after) {
    if (!wasSent()) {
      sentAfter = after;
    }
  }

  /** The attempt was offered as this commit, and nobody knows whether that may yet land. */
  void doubt(long number) {
    doubtful = number;
  }

  boolean isDoubtful() {
    return doubtful > 0;
  }

  /** Whether the attempt may yet land, for all that is known of commits up to {@code last}. */
  boolean mayLandAfter(long last) {
    return doubtful > last;
  }

  long deadline() {
    return deadline;
  }

  boolean mayGoToIntake() {
    return mayGoToIntake;
  }

  /** From this moment on the steady clock, the attempt is looked for in the ledger. */
  void followed(long at) {
    followedAt = at;
  }

  long followedAt() {
    return followedAt;
  }

  /** The ledger as it was read so far does not answer it. */
  void judged() {
    judged = true;
  }

  void judgeAgain() {
    judged = false;
  }

  boolean isJudged() {
    return judged;
  }

  /** What became of the request for funds that was made for it. */
  void funded(Funding.Funded answer) {
    funded = answer;
  }

  Funding.@Nullable Funded funded() {
    return funded;
  }

  Outcome pending() {
    return new Outcome.Pending(write.attempt().id(), sentAfter());
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
