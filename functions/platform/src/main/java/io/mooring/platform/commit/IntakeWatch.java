package io.mooring.platform.commit;

import java.util.List;
import java.util.Optional;

/**
 * Looks for the writes at the intake in the commits as they are read, and learns how long they
 * take. Not thread-safe: it belongs to the sequencer's one running turn.
 */
final class IntakeWatch {
  /** The longest pause between two looks. */
  static final long MILLIS_MAX = 250;

  private final Waiting waiting;
  private final Settling settling;
  private final Judge judge;
  private final Contention contention;
  private final Pace pace;
  private final long pollMillis;

  private long showUpMillis;
  private long lookedAt;
  private long lookMillis;

  IntakeWatch(
      Waiting waiting,
      Settling settling,
      Judge judge,
      Contention contention,
      Pace pace,
      long pollMillis) {
    this.waiting = waiting;
    this.settling = settling;
    this.judge = judge;
    this.contention = contention;
    this.pace = pace;
    this.pollMillis = pollMillis;
    this.showUpMillis = pollMillis;
  }

  boolean isNeeded() {
    return waiting.firstAtIntake() != Waiting.NOBODY;
  }

  /** Waits until the first of them should have shown up, or a direct write wants its turn. */
  void await() {
    long due = Math.max(waiting.firstAtIntake() + showUpMillis, lookedAt + pollMillis + lookMillis);
    Pace.Gate anybody = pace.gate();
    waiting.openWhen(1, anybody);
    anybody.await(Math.min(due - pace.steadyMillis(), MILLIS_MAX));
  }

  void look(Chain chain) {
    long began = pace.steadyMillis();
    judgeNewcomers(chain);
    chain.readOn(landed -> showUp(chain, landed));
    lookedAt = pace.steadyMillis();
    lookMillis = lookedAt - began;
  }

  /** What was answered before they came will not be read again. */
  private void judgeNewcomers(Chain chain) {
    List<Ticket> newcomers =
        waiting.atIntake().stream().filter(ticket -> !ticket.isJudged()).toList();
    judge.judge(chain, newcomers, settling);
    newcomers.forEach(Ticket::judged);
    newcomers.stream().filter(Ticket::isSettled).forEach(waiting::leaveIntake);
  }

  /** A chain that was opened anew has skipped commits, so all of them are newcomers to it. */
  void startOver() {
    waiting.atIntake().forEach(Ticket::judgeAgain);
  }

  /** Settles those that a commit answers. */
  void showUp(Chain chain, Landed landed) {
    settling.known(landed.commit().number());
    List<Attempt> attempts = landed.manifest().attempts();
    for (int i = 0; i < attempts.size(); i++) {
      Optional<Ticket> ticket = waiting.shownUp(attempts.get(i));
      if (ticket.isPresent()) {
        settling.settle(
            ticket.get(), new Outcome.Won(landed.receipt(i, ticket.get().write().entries())));
        learn(ticket.get(), landed);
      }
    }
    List<Ticket> answered = waiting.keyedAtIntake(landed);
    judge.judge(chain, answered, settling);
    answered.stream().filter(Ticket::isSettled).forEach(waiting::leaveIntake);
  }

  /** By the commit's time and not by when we looked, or looking late would teach to look later. */
  private void learn(Ticket ticket, Landed landed) {
    long waited = pace.steadyMillis() - ticket.followedAt();
    long sinceCommit = pace.wallMillis() - landed.commit().timeMillis();
    long took = Math.clamp(waited - sinceCommit, 0, MILLIS_MAX);
    showUpMillis = (3 * showUpMillis + took) / 4;
    if (landed.manifest().attempts().size() > 1) {
      contention.note();
    }
  }

  /** Nothing more is read: what happened to them is for another process to find out. */
  void giveUp() {
    for (Ticket ticket : waiting.atIntake()) {
      if (waiting.leaveIntake(ticket)) {
        settling.settle(ticket, ticket.pending());
      }
    }
  }
}
