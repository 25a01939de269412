package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.commit.CommitStore.Put;
import io.mooring.platform.commit.CommitStore.RefusedEffect;
import io.mooring.platform.commit.CommitStore.Stored;
import io.mooring.platform.commit.Funding.Funded;
import io.mooring.platform.table.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Commits what waits for one ledger in this process: gathers a group, judges each write alone, and
 * commits the rest at once. At most one turn runs at a time, so that what it knows of the chain
 * needs no lock; other processes are kept out by the store's condition alone.
 */
final class Sequencer {
  private static final System.Logger LOG = System.getLogger(Sequencer.class.getName());

  /** How long one put may take before its outcome counts as unknown. */
  static final long PUT_MILLIS_MAX = 5_000;

  /**
   * How long after it was made a write may be committed. The objects that its commit names hold its
   * random attempt id or salts, so they are no older than the write; the sweeper relies on that.
   */
  static final long WRITE_AGE_MILLIS_MAX = 15 * 60_000;

  /** Room before a deadline to give an answer in. */
  static final long ANSWER_MILLIS = 20;

  /** How long a group gathers at least, once there was more than one writer. */
  static final long GATHER_MILLIS_MIN = 2;

  /** How many times as long as the last commit took a group gathers at most. */
  static final long GATHER_COMMITS = 2;

  /** The part of the first writer's patience that may go into waiting for others. */
  static final int PATIENCE_SHARE = 4;

  private final LedgerId ledger;
  private final Stores stores;
  private final Rules rules;
  private final Pace pace;
  private final BackOff backOff;
  private final Waiting waiting;
  private final Settling settling;
  private final Judge judge;
  private final ObjectKeeper objects;
  private final Deriver deriver;
  private final ClockGuard clock;
  private final Contention contention;
  private final IntakeWatch watch;
  private final Till till;
  private final @Nullable Purser purser;

  private @Nullable Chain chain;
  private int expected;
  private long lastCommitMillis;
  private volatile @Nullable TamperedException tampered;

  Sequencer(
      LedgerId ledger,
      Stores stores,
      Rules rules,
      Pace pace,
      RandomGenerator random,
      @Nullable Funding funding,
      Committer committer) {
    this.ledger = ledger;
    this.stores = stores;
    this.rules = rules;
    this.pace = pace;
    this.backOff = new BackOff(pace, random, rules.stepBackMillisMax());
    this.waiting = new Waiting();
    this.settling = new Settling(waiting);
    this.judge = new Judge(ledger, stores.index(), pace);
    this.objects = new ObjectKeeper(ledger, stores.blobs(), backOff);
    this.deriver = stores.deriver(ledger, pace);
    this.clock = new ClockGuard(pace);
    this.contention = new Contention(ledger, stores.items(), pace);
    this.watch = new IntakeWatch(waiting, settling, judge, contention, pace, rules.pollMillis());
    this.till = new Till(ledger, funding);
    this.purser =
        funding == null
            ? null
            : new Purser(ledger, funding, committer, waiting, pace, this::turnIfAnybodyWaits);
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

  /** Lets a ticket in that goes to the intake at once; or says why not. */
  Optional<Outcome> admit(Ticket ticket) {
    ticket.sent(settling.lastKnown());
    return waiting.admit(ticket);
  }

  /** Waits for a ticket that goes to the intake next to show up in the ledger. */
  void follow(Ticket ticket) {
    ticket.followed(pace.steadyMillis());
    waiting.addAtIntake(ticket);
    turnIfNobodyDoes();
  }

  boolean withdraw(Ticket ticket) {
    return waiting.withdraw(ticket);
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

  private void turnIfAnybodyWaits() {
    if (waiting.size() > 0) {
      turnIfNobodyDoes();
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
        } else if (watch.isNeeded()) {
          watch();
        }
        stopped = waiting.stopsTurning();
      } while (!stopped);
    } finally {
      if (!stopped) {
        IllegalStateException fault = new IllegalStateException("the sequencer stopped");
        settling.settleRest(waiting.abandon(), new Settlement.Failed(fault));
      }
    }
  }

  /**
   * Under load, waits for those whom the last commit answered to come back, so that they share a
   * commit with those who came meanwhile: two groups that take turns would pay for twice as many.
   */
  private void gather() {
    if (expected > 1 && waiting.size() < expected) {
      long window = Math.max(GATHER_MILLIS_MIN, GATHER_COMMITS * lastCommitMillis);
      long patience = (waiting.firstDeadline() - pace.steadyMillis()) / PATIENCE_SHARE;
      Pace.Gate enough = pace.gate();
      waiting.openWhen(expected, enough);
      enough.await(Math.min(Math.min(window, rules.windowMillisMax()), patience));
    }
  }

  private void watch() {
    watch.await();
    try {
      watch.look(opened());
    } catch (StoreUnavailableException | BlobsUnavailableException e) {
      // The next look asks again; each waiter gives up at its own deadline.
      backOff.pause(1);
    } catch (TamperedException e) {
      distrust(e);
      watch.giveUp();
    }
  }

  private void serve(List<Ticket> group) {
    long began = pace.steadyMillis();
    try {
      commit(group);
    } catch (StoreUnavailableException | BlobsUnavailableException e) {
      settling.settleRest(group, busy("the store does not answer"));
    } catch (TamperedException e) {
      distrust(e);
      settling.settleRest(group, new Outcome.Tampered(e.evidence()));
    } catch (RuntimeException e) {
      // What we know of the chain may be half of something: read it again.
      chain = null;
      settling.settleRest(group, new Settlement.Failed(e));
    }
    lastCommitMillis = pace.steadyMillis() - began;
  }

  /** Says so once, by the name that the operator's alarm looks for in the log. */
  private void distrust(TamperedException evidence) {
    chain = null;
    tampered = evidence;
    LOG.log(
        System.Logger.Level.ERROR,
        "ledger " + ledger.value() + " takes no writes any more from this process",
        evidence);
  }

  private Chain opened() {
    Chain known = chain;
    if (known == null) {
      watch.startOver();
      known = Chain.open(ledger, stores.store(), stores.commits(), stores.heads());
      settling.known(known.number());
      chain = known;
    }
    return known;
  }

  /** Check, act, settle; and again with what is left, until nothing is or patience is over. */
  private void commit(List<Ticket> group) {
    Chain chain = opened();
    List<Ticket> left = group;
    Batch batch = null;
    int losses = 0;
    if (left.stream().anyMatch(ticket -> ticket.funded() instanceof Funded.Done)) {
      // What was deposited for them may be consumed already, by a commit of another process.
      readOn(chain);
    }
    readUpTo(chain, left);
    for (int tries = 1; ; tries++) {
      left = judge.judge(chain, left, settling);
      left = whileFit(chain, left);
      long millis = Math.max(pace.wallMillis(), chain.timeMillis() + 1);
      Till.Priced priced = price(chain, left, millis);
      left = priced.covered();
      if (left.isEmpty()) {
        return;
      }
      if (batch == null || !batch.carries(left, priced.costs())) {
        batch = Batch.of(left, priced.costs());
        objects.segment(batch);
      }

      Offer offer = Offer.of(ledger, batch, chain, millis, priced.bill());
      left.forEach(ticket -> ticket.sent(offer.commit().number() - 1));
      switch (put(offer)) {
        case Put.Won() -> won(chain, offer);
        case Put.Lost(Stored current) -> {
          losses++;
          lost(chain, current, left, losses);
        }
        case Put.EffectsRefused(List<RefusedEffect> refused) -> refuse(left, refused);
        case Put.Throttled throttled -> {}
        // It may still land. Whoever commits next finds out, because the number is then taken.
        case Put.Unknown unknown -> settling.settleRest(left, busy("the store does not answer"));
      }

      long pause = backOff.millis(tries);
      left = thoseWithPatience(left, pace.steadyMillis() + pause + ANSWER_MILLIS);
      if (left.isEmpty()) {
        return;
      }
      pace.pause(pause);
      if (losses > 0) {
        readOn(chain);
      }
    }
  }

  private boolean readOn(Chain chain) {
    return chain.readOn(landed -> watch.showUp(chain, landed));
  }

  /** Their writers may have read what other processes have committed before it is known here. */
  private void readUpTo(Chain chain, List<Ticket> group) {
    boolean more = true;
    while (more
        && group.stream()
            .anyMatch(ticket -> ticket.write().basis().isBeyond(chain.frontier().head()))) {
      more = readOn(chain);
    }
  }

  /** Lets those go on whom the escrows cover; for the others, credit is asked for once. */
  private Till.Priced price(Chain chain, List<Ticket> group, long millis) {
    boolean awaited = purser != null && purser.isAwaited();
    Till.Priced priced = till.price(chain.bill(), group, chain.number() + 1, millis, awaited);
    settling.settleRest(priced.idle(), busy("the escrows hold nothing that is not waited for"));
    List<Till.Lacking> unasked = new ArrayList<>();
    for (Till.Lacking lack : priced.lacking()) {
      Ticket ticket = lack.ticket();
      switch (ticket.funded()) {
        case Funded.Refused refused ->
            settling.settle(
                ticket,
                new Outcome.InsufficientCredit(
                    refused.reason(lack.spender(), lack.asset()), lack.asset(), lack.missing()));
        case Funded.Unknown unknown -> settling.settle(ticket, busy(unknown.reason()));
        // What was deposited for it, others took: there may be more.
        case Funded.Done done when ticket.deadline() > pace.steadyMillis() + ANSWER_MILLIS ->
            unasked.add(lack);
        case Funded.Done late -> settling.settle(ticket, busy("others took what was deposited"));
        case null -> unasked.add(lack);
      }
    }
    if (!unasked.isEmpty() && purser != null) {
      purser.ask(unasked);
    }
    return priced;
  }

  /**
   * Those that are young enough; nobody, while this machine's clock is off or too many keys wait
   * for the index.
   */
  private List<Ticket> whileFit(Chain chain, List<Ticket> group) {
    chain.indexedTo(deriver.indexed());
    if (chain.isOverfull()) {
      settling.settleRest(group, busy("the index of keys is behind"));
    }
    if (!clock.agrees(chain.timeMillis())) {
      settling.settleRest(group, busy("this machine's clock is off"));
    }
    settling.settleRest(tooOld(group), busy("the write was made too long ago"));
    return Settling.unsettled(group);
  }

  /** What they name may be swept away soon, because nothing has named it for so long. */
  private List<Ticket> tooOld(List<Ticket> group) {
    long oldest = pace.wallMillis() - WRITE_AGE_MILLIS_MAX;
    return group.stream().filter(ticket -> ticket.write().madeMillis() < oldest).toList();
  }

  /** Puts the offer; an answer that does not come is looked for in the store. */
  private Put put(Offer offer) {
    List<Ticket> tickets = offer.batch().tickets();
    long deadline = tickets.stream().mapToLong(Ticket::deadline).max().orElseThrow();
    for (int tries = 1; ; tries++) {
      long left = Math.clamp(deadline - pace.steadyMillis(), 1, PUT_MILLIS_MAX);
      Put put = stores.store().put(offer.proposal(), Duration.ofMillis(left));
      if (!(put instanceof Put.Unknown unknown)) {
        return ours(offer, put);
      }
      tickets.forEach(ticket -> ticket.doubt(offer.commit().number()));
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
      backOff.pause(tries);
    }
  }

  /** A number that was lost to our own offer, sent before, was won. */
  private static Put ours(Offer offer, Put put) {
    return put instanceof Put.Lost(Stored current) && offer.is(current) ? new Put.Won() : put;
  }

  private void won(Chain chain, Offer offer) {
    Landed landed = offer.landed();
    // Those who wait already, and those who may come back once they have their answers.
    expected = waiting.size() + offer.batch().tickets().size();
    chain.won(landed, offer.bytes());
    settling.known(offer.commit().number());
    if (purser != null) {
      purser.spent(offer);
    }
    int first = 0;
    List<Attempt> attempts = landed.manifest().attempts();
    for (int i = 0; i < attempts.size(); i++) {
      Ticket ticket = offer.batch().tickets().get(i);
      Receipt receipt = landed.receiptFrom(first, ticket.write().entries(), attempts.get(i));
      settling.settle(ticket, new Outcome.Won(receipt));
      first += attempts.get(i).entries();
    }
    deriver.offer(
        new CarriedCommit(offer.commit(), offer.batch().body()),
        offer.batch().weight(),
        chain.indexed());
  }

  private void lost(Chain chain, Stored current, List<Ticket> group, int losses) {
    Landed landed = chain.follow(current);
    settling.known(landed.commit().number());
    // An offer of ours that nobody answered for may be what took the number.
    for (Ticket ticket : group) {
      int position = ticket.isDoubtful() ? landed.position(ticket.write().attempt().id()) : -1;
      if (position >= 0) {
        settling.settle(
            ticket, new Outcome.Won(landed.receipt(position, ticket.write().entries())));
      }
    }
    watch.showUp(chain, landed);

    boolean toOneWhoCommitsForMany = landed.manifest().attempts().size() > 1;
    if (losses >= rules.lossesBeforeIntake() || toOneWhoCommitsForMany) {
      List<Ticket> movable = group.stream().filter(Ticket::mayGoToIntake).toList();
      if (!movable.isEmpty()) {
        contention.note();
        settling.settleRest(movable, new Settlement.Crowded());
      }
    }
    if (losses >= rules.lossesMax()) {
      settling.settleRest(group, busy("too many races were lost"));
    }
  }

  private void refuse(List<Ticket> group, List<RefusedEffect> refused) {
    for (Ticket ticket : group) {
      refused.stream()
          .filter(candidate -> ticket.write().effects().contains(candidate.effect()))
          .findFirst()
          .ifPresent(
              found ->
                  settling.settle(ticket, new Outcome.EffectRefused(found.effect(), found.now())));
    }
  }

  /** While nothing is on its way for them, the others can be told for certain that nothing was. */
  private List<Ticket> thoseWithPatience(List<Ticket> group, long until) {
    List<Ticket> late = group.stream().filter(ticket -> ticket.deadline() <= until).toList();
    settling.settleRest(late, busy("the ledger is too busy"));
    return Settling.unsettled(group);
  }

  private static Outcome busy(String reason) {
    return new Outcome.Busy(Waiting.RETRY_AFTER, reason);
  }
}
