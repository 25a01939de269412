package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import io.mooring.platform.table.Key;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The writes that wait for one ledger in this process: those to be committed here, and those that
 * were sent to the intake and have not shown up. Thread-safe.
 */
final class Waiting {
  static final int GROUP_ENTRIES_MAX = Body.ENTRIES_MAX;
  static final long GROUP_BYTES_MAX = Write.BYTES_MAX;

  /** How much may wait before a writer is turned away. */
  static final long QUEUE_BYTES_MAX = 64L * 1024 * 1024;

  static final long NOBODY = Long.MAX_VALUE;

  static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Deque<Ticket> queue = new ArrayDeque<>();
  private final Map<Hash, Hash> keysInFlight = new HashMap<>();
  private final Set<AttemptId> attemptsInFlight = new HashSet<>();
  private final Map<AttemptId, Ticket> atIntake = new HashMap<>();
  private final Set<Ticket> parked = new LinkedHashSet<>();
  private long queuedBytes;
  private boolean turning;
  private int wanted;
  private Pace.@Nullable Gate enough;

  /** Takes the ticket into the queue, or says why not. */
  synchronized Optional<Outcome> add(Ticket ticket) {
    if (queuedBytes + ticket.write().weight() > QUEUE_BYTES_MAX && !queue.isEmpty()) {
      return Optional.of(new Outcome.Busy(RETRY_AFTER, "too much waits for this ledger"));
    }
    Optional<Outcome> refused = admit(ticket);
    if (refused.isEmpty()) {
      queue.add(ticket);
      queuedBytes += ticket.write().weight();
      if (enough != null && queue.size() >= wanted) {
        enough.open();
      }
    }
    return refused;
  }

  /** Notes that the ticket is in flight, or says that its key or its very attempt already was. */
  synchronized Optional<Outcome> admit(Ticket ticket) {
    Attempt attempt = ticket.write().attempt();
    if (attemptsInFlight.contains(attempt.id())) {
      return Optional.of(new Outcome.InFlight());
    }
    if (attempt.key() instanceof Attempt.Keyed keyed) {
      Hash body = keysInFlight.putIfAbsent(keyed.key(), keyed.body());
      if (body != null) {
        return Optional.of(
            body.equals(keyed.body()) ? new Outcome.InFlight() : new Outcome.KeyReused());
      }
    }
    attemptsInFlight.add(attempt.id());
    return Optional.empty();
  }

  /**
   * Lets a ticket wait for its attempt to show up; it was let in before, so its key is in flight.
   */
  synchronized void addAtIntake(Ticket ticket) {
    atIntake.put(ticket.write().attempt().id(), ticket);
  }

  /** Whether the caller is to start turning, because nobody is and somebody must. */
  synchronized boolean startsTurning() {
    boolean starts = !turning;
    turning = true;
    return starts;
  }

  /** Whether there is nothing to turn for; if so, the next ticket starts a new turner. */
  synchronized boolean stopsTurning() {
    turning = !queue.isEmpty() || !atIntake.isEmpty();
    return !turning;
  }

  /** The turner failed in a way that it cannot go on from. */
  synchronized List<Ticket> abandon() {
    turning = false;
    List<Ticket> all = new ArrayList<>(queue);
    all.addAll(atIntake.values());
    all.addAll(parked);
    parked.clear();
    queue.clear();
    atIntake.clear();
    queuedBytes = 0;
    return all;
  }

  /** Sets writes aside that wait for credit; they are in flight and in no queue. */
  synchronized void park(List<Ticket> tickets) {
    parked.addAll(tickets);
  }

  /** Puts those that were set aside in front of the queue again. */
  synchronized void unpark() {
    List<Ticket> back = new ArrayList<>(parked);
    parked.clear();
    for (Ticket ticket : back.reversed()) {
      queue.addFirst(ticket);
      queuedBytes += ticket.write().weight();
    }
    if (enough != null && queue.size() >= wanted) {
      enough.open();
    }
  }

  /** A gate that opens when this many writes wait. */
  synchronized void openWhen(int writes, Pace.Gate gate) {
    wanted = writes;
    enough = gate;
    if (queue.size() >= writes) {
      gate.open();
    }
  }

  /**
   * Takes the writes of the next group, in the order in which they came: as many as fit, none that
   * would touch an item that another one in the group touches, and one that asks for a head only in
   * front, because only there that head can be the one before it.
   */
  synchronized List<Ticket> take() {
    enough = null;
    List<Ticket> group = new ArrayList<>(queue.size());
    Map<Key, Effect> effects = new HashMap<>();
    long entries = 0;
    long bytes = 0;
    long effectBytes = 0;
    while (!queue.isEmpty()) {
      Prepared next = queue.element().write();
      entries += next.entries().size();
      bytes += next.weight();
      effectBytes += Write.effectBytes(next.effects());
      boolean fits =
          entries <= GROUP_ENTRIES_MAX
              && bytes <= GROUP_BYTES_MAX
              && effectBytes <= Write.EFFECT_BYTES_MAX
              && (group.isEmpty() || next.basis() instanceof Basis.Any)
              && merges(effects, next.effects());
      if (!fits && !group.isEmpty()) {
        break;
      }
      group.add(queue.remove());
      queuedBytes -= next.weight();
      if (next.closing()) {
        break;
      }
    }
    return group;
  }

  /** Adds the effects, unless one is of an item that another one is of already. */
  private static boolean merges(Map<Key, Effect> effects, List<Effect> more) {
    for (Effect effect : more) {
      Effect other = effects.get(effect.key());
      boolean sameCheck = effect instanceof Effect.Check && effect.equals(other);
      if (other != null && !sameCheck) {
        return false;
      }
    }
    long added = more.stream().filter(effect -> !effects.containsKey(effect.key())).count();
    if (effects.size() + added > Write.EFFECTS_MAX) {
      return false;
    }
    more.forEach(effect -> effects.put(effect.key(), effect));
    return true;
  }

  /** Takes a ticket back before anyone works on it; whether it is certain not to land. */
  synchronized boolean withdraw(Ticket ticket) {
    boolean queued = queue.remove(ticket);
    if (queued) {
      queuedBytes -= ticket.write().weight();
    }
    if (queued || parked.remove(ticket)) {
      release(ticket);
      return !ticket.isDoubtful();
    }
    if (atIntake.remove(ticket.write().attempt().id(), ticket)) {
      release(ticket);
    }
    return false;
  }

  /** The ticket is settled: its key may be used again, and will be found in the ledger. */
  synchronized void release(Ticket ticket) {
    attemptsInFlight.remove(ticket.write().attempt().id());
    if (ticket.write().attempt().key() instanceof Attempt.Keyed keyed) {
      keysInFlight.remove(keyed.key(), keyed.body());
    }
  }

  /** The ticket at the intake that this attempt answers, which from now on waits no more. */
  synchronized Optional<Ticket> shownUp(Attempt attempt) {
    return Optional.ofNullable(atIntake.remove(attempt.id()));
  }

  /** When the first of those at the intake went there, or {@link #NOBODY}. */
  synchronized long firstAtIntake() {
    return atIntake.values().stream().mapToLong(Ticket::followedAt).min().orElse(NOBODY);
  }

  synchronized List<Ticket> atIntake() {
    return List.copyOf(atIntake.values());
  }

  /** Those at the intake that this commit may answer without carrying their attempts. */
  synchronized List<Ticket> keyedAtIntake(Landed landed) {
    if (atIntake.isEmpty() || landed.commit().closed()) {
      return List.copyOf(atIntake.values());
    }
    Set<Hash> keys = new HashSet<>();
    for (Attempt attempt : landed.manifest().attempts()) {
      if (attempt.key() instanceof Attempt.Keyed keyed) {
        keys.add(keyed.key());
      }
    }
    return atIntake.values().stream()
        .filter(
            ticket ->
                ticket.write().attempt().key() instanceof Attempt.Keyed keyed
                    && keys.contains(keyed.key()))
        .toList();
  }

  /** The first deadline among those in the queue. */
  synchronized long firstDeadline() {
    return queue.stream().mapToLong(Ticket::deadline).min().orElse(Long.MAX_VALUE);
  }

  synchronized boolean leaveIntake(Ticket ticket) {
    return atIntake.remove(ticket.write().attempt().id(), ticket);
  }

  synchronized int size() {
    return queue.size();
  }

  synchronized boolean isIdle() {
    return !turning && queue.isEmpty() && atIntake.isEmpty() && parked.isEmpty();
  }
}
