package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.commit.CommitStore.Put;
import io.mooring.platform.commit.CommitStore.RefusedEffect;
import io.mooring.platform.commit.CommitStore.Stored;
import io.mooring.platform.commit.KeyIndex.Known;
import io.mooring.platform.table.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Commits what waits for one ledger in this process: gathers a group, judges each write alone, and
 * commits the rest at once. At most one turn runs at a time, so that what it knows of the chain
 * needs no lock; other processes are kept out by the store's condition alone.
 */
final class Sequencer {
  /** How long one put may take before its outcome counts as unknown. */
  static final long PUT_MILLIS_MAX = 5_000;

  /** How long a group gathers at least, once there was more than one writer. */
  static final long GATHER_MILLIS_MIN = 2;

  /** Room before a deadline to give an answer in. */
  static final long ANSWER_MILLIS = 20;

  /** The longest pause between two looks for writes at the intake. */
  static final long WATCH_MILLIS_MAX = 250;

  private static final int BLOB_TRIES_MAX = 4;
  private static final long FIRST_PAUSE_MILLIS = 4;

  private final LedgerId ledger;
  private final Stores stores;
  private final Rules rules;
  private final Pace pace;
  private final RandomGenerator random;
  private final Waiting waiting;
  private final Deriver deriver;
  private final ClockGuard clock;
  private final Contention contention;

  private @Nullable Chain chain;
  private int lastGroup;
  private long showUpMillis;
  private long lastReadAt;
  private long lastReadMillis;
  private long lastCommitMillis;
  private volatile @Nullable TamperedException tampered;
  private volatile long lastKnown;

  Sequencer(LedgerId ledger, Stores stores, Rules rules, Pace pace, RandomGenerator random) {
    this.ledger = ledger;
    this.stores = stores;
    this.rules = rules;
    this.pace = pace;
    this.random = random;
    this.waiting = new Waiting();
    this.deriver = stores.deriver(ledger, pace);
    this.clock = new ClockGuard(pace);
    this.contention = new Contention(ledger, stores.items(), pace);
    this.showUpMillis = rules.pollMillis();
  }

  /** Takes the ticket in and sees to it that somebody turns; or says why not. */
  Optional<Outcome> submit(Ticket ticket) {
    return submit(List.of(ticket)).getFirst();
  }

  /** Takes all of the tickets in before anybody turns, so that they share a commit. */
  List<Optional<Outcome>> submit(List<Ticket> tickets) {
    TamperedException evidence = tampered;
    if (evidence != null) {
      Optional<Outcome> refused = Optional.of(new Outcome.Tampered(evidence.evidence()));
      return tickets.stream().map(ticket -> refused).toList();
    }
    List<Optional<Outcome>> refused = tickets.stream().map(waiting::add).toList();
    turnIfNobodyDoes();
    return refused;
  }

  /** Waits for a ticket that goes to the intake next to show up in the ledger. */
  void follow(Ticket ticket) {
    ticket.followed(pace.steadyMillis());
    waiting.addAtIntake(ticket);
    turnIfNobodyDoes();
  }

  /** Lets a ticket in that goes to the intake at once; or says why not. */
  Optional<Outcome> admit(Ticket ticket) {
    ticket.sent(lastKnown);
    return waiting.admit(ticket);
  }

  boolean withdraw(Ticket ticket) {
    return waiting.withdraw(ticket);
  }

  void release(Ticket ticket) {
    waiting.release(ticket);
  }

  /** Whether many processes want this ledger. */
  boolean isContended() {
    return contention.isThere();
  }

  boolean isIdle() {
    return waiting.isIdle();
  }

  private void turnIfNobodyDoes() {
    if (waiting.startsTurning()) {
      pace.run(this::turn);
    }
  }

  private void turn() {
    boolean stopped = false;
    try {
      do {
        gather();
        List<Ticket> group = waiting.take();
        if (!group.isEmpty()) {
          serve(group);
        } else {
          watch();
        }
        stopped = waiting.stopsTurning();
      } while (!stopped);
    } finally {
      if (!stopped) {
        IllegalStateException fault = new IllegalStateException("the sequencer stopped");
        waiting.abandon().forEach(ticket -> settle(ticket, new Settlement.Failed(fault)));
      }
    }
  }

  /** Under load, lets a group grow to about the size of the last one before it is committed. */
  private void gather() {
    if (lastGroup > 1 && waiting.size() < lastGroup) {
      Pace.Gate enough = pace.gate();
      waiting.openWhen(lastGroup, enough);
      long window = Math.max(GATHER_MILLIS_MIN, lastCommitMillis / 2);
      enough.await(Math.min(window, rules.windowMillisMax()));
    }
  }

  /** Reads on, for those that wait at the intake, about when the first of them should show up. */
  private void watch() {
    long first = waiting.firstAtIntake();
    if (first == Waiting.NOBODY) {
      return;
    }
    long due = Math.max(first + showUpMillis, lastReadAt + rules.pollMillis() + lastReadMillis);
    Pace.Gate anybody = pace.gate();
    waiting.openWhen(1, anybody);
    anybody.await(Math.min(due - pace.steadyMillis(), WATCH_MILLIS_MAX));
    long began = pace.steadyMillis();
    try {
      opened().readOn(this::showUp);
    } catch (StoreUnavailableException | BlobsUnavailableException e) {
      // The next poll asks again; each waiter gives up at its own deadline.
      pace.pause(jitter(1));
    } catch (TamperedException e) {
      distrust(e);
      waiting.atIntake().forEach(this::leaveTampered);
    }
    lastReadAt = pace.steadyMillis();
    lastReadMillis = lastReadAt - began;
  }

  private void leaveTampered(Ticket ticket) {
    if (waiting.leaveIntake(ticket)) {
      settle(ticket, ticket.pending());
    }
  }

  /** Settles the tickets at the intake that a commit answers. */
  private void showUp(Landed landed) {
    lastKnown = landed.commit().number();
    List<Attempt> attempts = landed.manifest().attempts();
    for (int i = 0; i < attempts.size(); i++) {
      Optional<Ticket> ticket = waiting.shownUp(attempts.get(i));
      if (ticket.isPresent()) {
        settle(ticket.get(), new Outcome.Won(landed.receipt(i)));
        shownUp(ticket.get(), landed);
      }
    }
    for (Ticket ticket : waiting.atIntake()) {
      Optional<Settlement> answered =
          ticket.write().attempt().key() instanceof Attempt.Keyed keyed
              ? known(keyed, opened().key(keyed.key()))
              : Optional.empty();
      if (answered.isEmpty() && landed.commit().closed()) {
        answered = Optional.of(new Settlement.Over(new Outcome.LedgerClosed()));
      }
      if (answered.isPresent() && waiting.leaveIntake(ticket)) {
        settle(ticket, answered.get());
      }
    }
  }

  /**
   * Learns how long the intake takes, by the commit's time and not by when we looked, and whether
   * it still has others to serve.
   */
  private void shownUp(Ticket ticket, Landed landed) {
    long waited = pace.steadyMillis() - ticket.followedAt();
    long sinceCommit = pace.wallMillis() - landed.commit().timeMillis();
    long took = Math.clamp(waited - sinceCommit, 0, WATCH_MILLIS_MAX);
    showUpMillis = (3 * showUpMillis + took) / 4;
    if (landed.manifest().attempts().size() > 1) {
      contention.note();
    }
  }

  private void serve(List<Ticket> group) {
    long began = pace.steadyMillis();
    try {
      commit(group);
    } catch (StoreUnavailableException | BlobsUnavailableException e) {
      settleRest(group, busy("the store does not answer"));
    } catch (TamperedException e) {
      distrust(e);
      settleRest(group, new Settlement.Over(new Outcome.Tampered(e.evidence())));
    } catch (RuntimeException e) {
      // What we know of the chain may be half of something: read it again.
      chain = null;
      settleRest(group, new Settlement.Failed(e));
    }
    lastGroup = group.size();
    lastCommitMillis = pace.steadyMillis() - began;
  }

  private void distrust(TamperedException evidence) {
    chain = null;
    tampered = evidence;
  }

  private Chain opened() {
    Chain known = chain;
    if (known == null) {
      known = Chain.open(ledger, stores.store(), stores.commits(), stores.heads());
      chain = known;
      lastKnown = known.number();
      recheck(known);
    }
    return known;
  }

  /** Those at the intake may have been answered by commits that were not read one by one. */
  private void recheck(Chain known) {
    List<Ticket> followed = waiting.atIntake();
    judge(known, followed);
    followed.stream().filter(Ticket::isSettled).forEach(waiting::leaveIntake);
  }

  /** Check, act, settle; and again with what is left, until nothing is or patience is over. */
  private void commit(List<Ticket> group) {
    Chain chain = opened();
    List<Ticket> left = group;
    Batch batch = null;
    int losses = 0;
    boolean lostToMany = false; // to somebody who commits for others too
    for (int tries = 1; ; tries++) {
      left = judge(chain, left);
      if (left.isEmpty()) {
        return;
      }
      if (!clock.agrees(chain.timeMillis())) {
        settleRest(left, busy("this machine's clock is off"));
        return;
      }
      if (batch == null || batch.tickets().size() != left.size()) {
        batch = Batch.of(left);
        store(batch);
      }

      chain.indexedTo(deriver.indexed());
      Offer offer = Offer.of(ledger, batch, chain, pace.wallMillis());
      left.forEach(ticket -> ticket.sent(offer.commit().number() - 1));
      switch (put(offer)) {
        case Put.Won() -> {
          won(chain, offer);
          return;
        }
        case Put.Lost(Stored current) -> {
          losses++;
          Landed landed = chain.follow(current);
          left = withoutOwn(landed, left);
          lostToMany = landed.manifest().attempts().size() > 1;
          showUp(landed);
        }
        case Put.EffectsRefused(List<RefusedEffect> refused) -> {
          refuse(left, refused);
          left = unsettled(left);
          continue;
        }
        case Put.Throttled throttled -> {}
        case Put.Unknown unknown -> {
          // It may still land. Whoever commits next finds out, because the number is then taken.
          settleRest(left, busy("the store does not answer"));
          return;
        }
      }
      if (losses >= rules.lossesBeforeIntake() || lostToMany) {
        List<Ticket> movable = left.stream().filter(Ticket::mayGoToIntake).toList();
        if (!movable.isEmpty()) {
          contention.note();
          settleRest(movable, new Settlement.Crowded());
        }
      }
      left = unsettled(left);
      if (losses >= rules.lossesMax()) {
        settleRest(left, busy("too many races were lost"));
        return;
      }
      long pause = jitter(tries);
      left = withoutThoseWhoGiveUp(left, pace.steadyMillis() + pause + ANSWER_MILLIS);
      if (left.isEmpty()) {
        return;
      }
      pace.pause(pause);
      if (losses > 0) {
        chain.readOn(this::showUp);
      }
    }
  }

  /** Settles what needs no commit, and gives back what does. */
  private List<Ticket> judge(Chain chain, List<Ticket> group) {
    Map<Hash, Known> indexed = lookUp(chain, group);
    for (Ticket ticket : group) {
      Attempt attempt = ticket.write().attempt();
      if (ticket.wasSent()) {
        chain
            .attempt(attempt.id(), ticket.sentAfter())
            .ifPresent(number -> settle(ticket, new Settlement.LandedBefore(number)));
      }
      if (!ticket.isSettled() && attempt.key() instanceof Attempt.Keyed keyed) {
        Optional<Known> known =
            chain.key(keyed.key()).or(() -> Optional.ofNullable(indexed.get(keyed.key())));
        known(keyed, known).ifPresent(settlement -> settle(ticket, settlement));
      }
      if (!ticket.isSettled() && chain.closed()) {
        settle(ticket, new Outcome.LedgerClosed());
      }
    }
    return unsettled(group);
  }

  private Optional<Settlement> known(Attempt.Keyed keyed, Optional<Known> known) {
    return known
        .filter(found -> found.isKeptAt(pace.wallMillis()))
        .map(
            found ->
                found.body().equals(keyed.body())
                    ? new Settlement.Repeated(found.commit())
                    : new Settlement.Over(new Outcome.KeyReused()));
  }

  /** Asks the index for the keys that only it can know. */
  private Map<Hash, Known> lookUp(Chain chain, List<Ticket> group) {
    if (chain.knowsEveryKey()) {
      return Map.of();
    }
    List<Hash> unknown = new ArrayList<>();
    for (Ticket ticket : group) {
      if (ticket.write().attempt().key() instanceof Attempt.Keyed keyed
          && chain.key(keyed.key()).isEmpty()) {
        unknown.add(keyed.key());
      }
    }
    return unknown.isEmpty() ? Map.of() : stores.index().lookup(ledger, unknown);
  }

  /** Stores the segment and makes sure that it can be read, before any record names it. */
  private void store(Batch batch) {
    if (!(batch.carriage() instanceof Carriage.Segment segment)) {
      return;
    }
    byte[] bytes = batch.segment().orElseThrow();
    BlobName name = BlobName.segment(ledger, segment.sha256());
    for (int tries = 1; ; tries++) {
      try {
        stores.blobs().create(name, bytes);
        if (stores.blobs().length(name).filter(length -> length == bytes.length).isPresent()) {
          return;
        }
        if (tries == BLOB_TRIES_MAX) {
          throw new BlobsUnavailableException("segment " + name + " cannot be read back");
        }
      } catch (BlobsUnavailableException e) {
        if (tries == BLOB_TRIES_MAX) {
          throw e;
        }
      }
      pace.pause(jitter(tries));
    }
  }

  /** Puts the offer; an answer that does not come is looked for in the store. */
  private Put put(Offer offer) {
    long deadline = patience(offer.batch().tickets());
    for (int tries = 1; ; tries++) {
      Put put = stores.store().put(offer.proposal(), timeout(deadline));
      if (!(put instanceof Put.Unknown unknown)) {
        return ours(offer, put);
      }
      offer.batch().tickets().forEach(ticket -> ticket.doubt(offer.commit().number()));
      try {
        Optional<Stored> taken = stores.store().read(ledger, offer.commit().number());
        if (taken.isPresent()) {
          return ours(offer, new Put.Lost(taken.get()));
        }
      } catch (StoreUnavailableException e) {
        // Still unknown; asked again below while anyone has patience.
        unknown.cause().addSuppressed(e);
      }
      if (pace.steadyMillis() >= deadline) {
        return unknown;
      }
      pace.pause(jitter(tries));
    }
  }

  /** While nothing is on its way for them, they can be told for certain that nothing happened. */
  private List<Ticket> withoutThoseWhoGiveUp(List<Ticket> group, long before) {
    List<Ticket> late = group.stream().filter(ticket -> ticket.deadline() <= before).toList();
    settleRest(late, busy("the ledger is too busy"));
    return unsettled(group);
  }

  /** An offer of ours that nobody answered for may be what took the number. */
  private List<Ticket> withoutOwn(Landed landed, List<Ticket> group) {
    for (Ticket ticket : group) {
      int position = ticket.isDoubtful() ? landed.position(ticket.write().attempt().id()) : -1;
      if (position >= 0) {
        settle(ticket, new Outcome.Won(landed.receipt(position)));
      }
    }
    return unsettled(group);
  }

  /** A number that was lost to our own offer, sent before, was won. */
  private static Put ours(Offer offer, Put put) {
    return put instanceof Put.Lost(Stored current) && offer.is(current) ? new Put.Won() : put;
  }

  private void won(Chain chain, Offer offer) {
    Landed landed = offer.landed();
    chain.won(landed, offer.bytes());
    lastKnown = offer.commit().number();
    int first = 0;
    for (Ticket ticket : offer.batch().tickets()) {
      int entries = ticket.write().entries().size();
      settle(ticket, new Outcome.Won(landed.receipt(first, entries)));
      first += entries;
    }
    deriver.offer(
        new CarriedCommit(offer.commit(), offer.batch().body()),
        offer.batch().weight(),
        chain.indexed());
  }

  private void refuse(List<Ticket> group, List<RefusedEffect> refused) {
    for (Ticket ticket : group) {
      refused.stream()
          .filter(candidate -> ticket.write().effects().contains(candidate.effect()))
          .findFirst()
          .ifPresent(
              found -> settle(ticket, new Outcome.EffectRefused(found.effect(), found.now())));
    }
  }

  private void settleRest(List<Ticket> group, Settlement settlement) {
    unsettled(group).forEach(ticket -> settle(ticket, settlement));
  }

  private void settle(Ticket ticket, Outcome outcome) {
    settle(ticket, new Settlement.Over(outcome));
  }

  /** A crowded ticket keeps its key, because it goes on to the intake. */
  private void settle(Ticket ticket, Settlement settlement) {
    if (!(settlement instanceof Settlement.Crowded)) {
      waiting.release(ticket);
    }
    boolean uncertain = saysThatNothingHappened(settlement) && ticket.mayLandAfter(lastKnown);
    ticket.settle(uncertain ? new Settlement.Over(ticket.pending()) : settlement);
  }

  private static boolean saysThatNothingHappened(Settlement settlement) {
    return settlement instanceof Settlement.Over(Outcome outcome)
        && switch (outcome) {
          case Outcome.Busy busy -> true;
          case Outcome.EffectRefused refused -> true;
          case Outcome.Tampered tampered -> true;
          case Outcome.InsufficientCredit credit -> true;
          case Outcome.LedgerClosed closed -> true;
          case Outcome.KeyReused reused -> true;
          case Outcome.InFlight inFlight -> true;
          case Outcome.Won won -> false;
          case Outcome.Replayed replayed -> false;
          case Outcome.Pending pending -> false;
        };
  }

  private static List<Ticket> unsettled(List<Ticket> group) {
    return group.stream().filter(ticket -> !ticket.isSettled()).collect(Collectors.toList());
  }

  private static Settlement busy(String reason) {
    return new Settlement.Over(new Outcome.Busy(Waiting.RETRY_AFTER, reason));
  }

  /** The latest moment at which any of them still waits. */
  private static long patience(List<Ticket> group) {
    return group.stream().mapToLong(Ticket::deadline).max().orElse(Long.MIN_VALUE);
  }

  private Duration timeout(long deadline) {
    long left = deadline - pace.steadyMillis();
    return Duration.ofMillis(Math.clamp(left, 1, PUT_MILLIS_MAX));
  }

  private long jitter(int tries) {
    long most = Math.min(FIRST_PAUSE_MILLIS << Math.min(tries, 10), rules.stepBackMillisMax());
    return 1 + random.nextLong(most);
  }
}
