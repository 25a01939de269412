package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.commit.KeyIndex.Known;
import io.mooring.platform.table.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Commits in groups: one sequencer for each ledger that is written to in this process. Where an
 * intake is given, writes to a ledger that many processes want go through it.
 */
public final class GroupCommitter implements Committer {
  /** How many ledgers' chains are held in memory; those that nobody waits for are let go. */
  static final int LEDGERS_MAX = 4_096;

  private final Stores stores;
  private final Rules rules;
  private final Pace pace;
  private final RandomGenerator random;
  private final @Nullable IntakeSender intake;
  private final @Nullable Funding funding;
  private final Map<LedgerId, Sequencer> sequencers = new ConcurrentHashMap<>();

  private GroupCommitter(
      Stores stores,
      Rules rules,
      Pace pace,
      RandomGenerator random,
      @Nullable IntakeSender intake,
      @Nullable Funding funding) {
    this.stores = stores;
    this.rules = rules;
    this.pace = pace;
    this.random = random;
    this.intake = intake;
    this.funding = funding;
  }

  /** A committer that races for contended ledgers. The generator must be unpredictable. */
  public static GroupCommitter racing(
      Stores stores, Rules rules, Pace pace, RandomGenerator random) {
    return new GroupCommitter(stores, rules, pace, random, null, null);
  }

  /** A committer that sends what it cannot commit by racing to an intake. */
  public static GroupCommitter withIntake(
      Stores stores, Rules rules, Pace pace, RandomGenerator random, Intake intake) {
    return new GroupCommitter(
        stores, rules, pace, random, new IntakeSender(intake, stores.blobs()), null);
  }

  /** This committer, which from the first commit on charges for what writes use. */
  public GroupCommitter metered(Funding funding) {
    return new GroupCommitter(stores, rules, pace, random, intake, funding);
  }

  @Override
  public Outcome commit(Write write, Duration patience) {
    Prepared prepared = Prepared.of(write, random, pace.wallMillis());
    try {
      keeper(write.ledger()).contents(prepared.contents());
    } catch (BlobsUnavailableException e) {
      return new Outcome.Busy(Waiting.RETRY_AFTER, "the blob store does not answer");
    }
    long deadline = pace.steadyMillis() + patience.toMillis();
    boolean mayGoToIntake = intake != null && IntakeSender.takes(prepared);
    Ticket ticket = new Ticket(prepared, Ticket.NEVER_SENT, deadline, mayGoToIntake, pace.gate());
    Settlement settlement = settlement(sequencer(write.ledger()), ticket);
    try {
      return outcome(write, ticket, settlement);
    } catch (StoreUnavailableException | BlobsUnavailableException e) {
      // It is in the ledger, by this attempt or an earlier one; only the receipt cannot be read.
      return ticket.pending();
    } catch (TamperedException e) {
      return new Outcome.Tampered(e.evidence());
    }
  }

  private ObjectKeeper keeper(LedgerId ledger) {
    BackOff backOff = new BackOff(pace, random, rules.stepBackMillisMax());
    return new ObjectKeeper(ledger, stores.blobs(), backOff);
  }

  @Override
  public Outcome release(LedgerId ledger, Duration patience) {
    long deadline = pace.steadyMillis() + patience.toMillis();
    Prepared release = Prepared.release(ledger, random, pace.wallMillis());
    Ticket ticket = new Ticket(release, Ticket.NEVER_SENT, deadline, false, pace.gate());
    Sequencer sequencer = sequencer(ledger);
    Optional<Outcome> refused = sequencer.submit(ticket);
    return refused.isPresent()
        ? refused.get()
        : outcome(Write.to(ledger), ticket, await(sequencer, ticket));
  }

  private Outcome outcome(Write write, Ticket ticket, Settlement settlement) {
    return switch (settlement) {
      case Settlement.Over(Outcome outcome) -> outcome;
      case Settlement.Repeated(long commit) -> replayed(write, commit);
      case Settlement.LandedBefore(long commit) ->
          receipt(write.ledger(), commit, ticket.write().attempt().id())
              .<Outcome>map(Outcome.Won::new)
              .orElseGet(() -> ticket.pending());
      case Settlement.Crowded() -> ticket.pending();
      case Settlement.Failed(RuntimeException fault) -> throw fault;
    };
  }

  private Settlement settlement(Sequencer sequencer, Ticket ticket) {
    if (ticket.mayGoToIntake() && sequencer.isContended()) {
      return sequencer
          .admit(ticket)
          .<Settlement>map(Settlement.Over::new)
          .orElseGet(() -> throughIntake(sequencer, ticket));
    }
    Optional<Outcome> refused = sequencer.submit(ticket);
    if (refused.isPresent()) {
      return new Settlement.Over(refused.get());
    }
    Settlement settlement = await(sequencer, ticket);
    return settlement instanceof Settlement.Crowded ? throughIntake(sequencer, ticket) : settlement;
  }

  private Settlement throughIntake(Sequencer sequencer, Ticket direct) {
    Ticket ticket =
        new Ticket(
            direct.write(),
            direct.sentAfter(),
            direct.deadline(),
            direct.mayGoToIntake(),
            pace.gate());
    sequencer.follow(ticket);
    try {
      sender().send(ticket.write(), ticket.sentAfter());
    } catch (StoreUnavailableException | BlobsUnavailableException e) {
      // It may have been sent all the same, so nothing is known.
      sequencer.withdraw(ticket);
      return new Settlement.Over(ticket.pending());
    }
    return await(sequencer, ticket);
  }

  private IntakeSender sender() {
    if (intake == null) {
      throw new IllegalStateException("there is no intake");
    }
    return intake;
  }

  /** A write that came out of the intake, and the last commit known when it was put there. */
  record Redelivered(Prepared write, long sentAfter) {}

  /** Commits what came out of the intake, which may have come out before; one commit a ledger. */
  List<Settlement> commitAgain(List<Redelivered> writes, Duration patience) {
    long deadline = pace.steadyMillis() + patience.toMillis();
    List<Ticket> tickets = new ArrayList<>(writes.size());
    Map<LedgerId, List<Ticket>> byLedger = new LinkedHashMap<>();
    for (Redelivered write : writes) {
      Ticket ticket = new Ticket(write.write(), write.sentAfter(), deadline, false, pace.gate());
      tickets.add(ticket);
      byLedger.computeIfAbsent(write.write().ledger(), ledger -> new ArrayList<>()).add(ticket);
    }
    byLedger.forEach(this::submitAll);
    return tickets.stream()
        .map(ticket -> await(sequencer(ticket.write().ledger()), ticket))
        .toList();
  }

  private void submitAll(LedgerId ledger, List<Ticket> tickets) {
    List<Optional<Outcome>> refused = sequencer(ledger).submit(tickets);
    for (int i = 0; i < tickets.size(); i++) {
      Ticket ticket = tickets.get(i);
      refused.get(i).ifPresent(outcome -> ticket.settle(new Settlement.Over(outcome)));
    }
  }

  private Settlement await(Sequencer sequencer, Ticket ticket) {
    Settlement settlement = ticket.await(ticket.deadline() - pace.steadyMillis());
    if (settlement != null) {
      return settlement;
    }
    boolean untouched = sequencer.withdraw(ticket);
    Settlement late = ticket.await(0);
    if (late != null) {
      return late;
    }
    return new Settlement.Over(
        untouched
            ? new Outcome.Busy(Waiting.RETRY_AFTER, "no turn came before the deadline")
            : ticket.pending());
  }

  private Outcome replayed(Write write, long commit) {
    if (!(write.repetition() instanceof Repetition.Keyed keyed)) {
      throw new IllegalStateException("a write without a key was repeated");
    }
    Commits.Kept kept =
        stores
            .commits()
            .kept(write.ledger(), commit, keyed.key().hash())
            .orElseThrow(
                () ->
                    new TamperedException(
                        "commit " + commit + " does not carry the key that the index says"));
    return new Outcome.Replayed(
        kept.receipt(), Seal.open(keyed.key(), kept.attempt().sealedAnswer()));
  }

  @Override
  public Optional<Receipt> find(LedgerId ledger, AttemptId attempt, long after) {
    Commits commits = stores.commits();
    for (long from = after + 1; from <= after + FIND_COMMITS_MAX; ) {
      List<Commit> page = commits.range(ledger, from, CommitStore.RANGE_MAX);
      if (page.isEmpty()) {
        return Optional.empty();
      }
      for (Commit commit : page) {
        if (carries(commits.manifest(ledger, commit), attempt)) {
          return receipt(ledger, commit.number(), attempt);
        }
      }
      from = page.getLast().number() + 1;
    }
    return Optional.empty();
  }

  @Override
  public Optional<Receipt> find(LedgerId ledger, IdempotencyKey key) {
    Commits commits = stores.commits();
    Optional<Commit> tip = commits.tip(ledger);
    long indexed = tip.map(Commit::indexed).orElse(0L);
    long last = tip.map(Commit::number).orElse(0L);
    // What is not known to be indexed is looked through, the newest last: it decides.
    Optional<Known> known =
        Optional.ofNullable(stores.index().lookup(ledger, List.of(key.hash())).get(key.hash()));
    for (long from = indexed + 1; from <= last; ) {
      List<Commit> page = commits.range(ledger, from, CommitStore.RANGE_MAX);
      if (page.isEmpty()) {
        throw new TamperedException("commit " + from + " of " + ledger.value() + " is gone");
      }
      for (Commit commit : page) {
        Optional<Known> newer = commits.known(ledger, commit, key.hash());
        known = newer.isPresent() ? newer : known;
      }
      from = page.getLast().number() + 1;
    }
    return known
        .filter(found -> found.isKeptAt(pace.wallMillis()))
        .flatMap(found -> commits.kept(ledger, found.commit(), key.hash()))
        .map(Commits.Kept::receipt);
  }

  private static boolean carries(Manifest manifest, AttemptId attempt) {
    return manifest.attempts().stream().anyMatch(carried -> carried.id().equals(attempt));
  }

  private Optional<Receipt> receipt(LedgerId ledger, long commit, AttemptId attempt) {
    Commits commits = stores.commits();
    Landed landed = commits.landed(ledger, commit);
    int position = landed.position(attempt);
    return position < 0
        ? Optional.empty()
        : Optional.of(landed.receipt(position, commits.body(ledger, landed.commit())));
  }

  /** Two sequencers of one ledger in a process would be as safe as two processes. */
  private Sequencer sequencer(LedgerId ledger) {
    Sequencer known = sequencers.get(ledger);
    if (known != null) {
      return known;
    }
    if (sequencers.size() >= LEDGERS_MAX) {
      sequencers.values().removeIf(Sequencer::isIdle);
    }
    return sequencers.computeIfAbsent(
        ledger, absent -> new Sequencer(ledger, stores, rules, pace, random, funding, this));
  }
}
