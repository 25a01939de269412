package io.mooring.contracts.pool;

import io.mooring.contracts.ContractLimit;
import io.mooring.contracts.chain.PoolView;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.Transaction;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The transactions that wait for one chain in this process. Whoever came first goes first, for
 * credits are the price of execution; a sender's own go in the order of their nonces. Thread-safe.
 */
public final class TransactionPool {
  private static final int TRANSACTIONS_MAX = ContractLimit.POOL_TRANSACTIONS_MAX.intValue();
  private static final long BYTES_MAX = ContractLimit.POOL_BYTES_MAX.value();
  private static final int SENDER_MAX = ContractLimit.POOL_SENDER_TRANSACTIONS_MAX.intValue();
  private static final long EXPIRY_MILLIS = ContractLimit.POOL_EXPIRY_SECONDS.value() * 1_000;
  private static final BigInteger PERCENT = BigInteger.valueOf(100);
  private static final BigInteger REPLACING_PERCENT =
      BigInteger.valueOf(100 + ContractLimit.POOL_REPLACEMENT_PERCENT.value());

  private static final Comparator<Pooled> BY_ARRIVAL =
      Comparator.comparingLong(pooled -> pooled.arrival);

  private final Map<Hash, Pooled> byHash = new HashMap<>();
  private final Map<Address, Queue> bySender = new LinkedHashMap<>();
  private long bytes;
  private long arrivals;
  private int ready;
  private long heldUntilMillis;

  /** A sender's transactions; those from {@code next} to before {@code readyTo} are executable. */
  private static final class Queue {
    private final NavigableMap<Long, Pooled> byNonce = new TreeMap<>();
    private long next;
    private long readyTo;
    private boolean held;

    private Queue(long next) {
      this.next = next;
      this.readyTo = next;
    }

    private Pooled at(long nonce) {
      return Objects.requireNonNull(byNonce.get(nonce), "what is executable lacks no nonce");
    }
  }

  /** How a transaction was taken in. */
  public sealed interface Admission {
    /**
     * @param replaced those whose place it took
     */
    record Added(boolean executable, List<Pooled> replaced) implements Admission {
      public Added {
        replaced = List.copyOf(replaced);
      }
    }

    /** This very one waits already. */
    record Waiting(Pooled first) implements Admission {}

    record Refused(Submission why) implements Admission {}
  }

  /**
   * @param stateNonce the sender's nonce after the last block
   */
  public synchronized Admission add(Pooled pooled, long stateNonce) {
    Pooled first = byHash.get(pooled.hash());
    if (first != null) {
      return new Admission.Waiting(first);
    }
    Queue known = bySender.get(pooled.sender());
    long next = known == null ? stateNonce : Math.max(known.next, stateNonce);
    long nonce = pooled.nonce();
    if (Long.compareUnsigned(nonce, next) < 0) {
      return new Admission.Refused(new Submission.NonceTooLow(nonce, next));
    }
    if (Long.compareUnsigned(nonce - next, SENDER_MAX) >= 0) {
      return new Admission.Refused(new Submission.NonceTooHigh(nonce, next));
    }
    Pooled other = known == null ? null : known.byNonce.get(nonce);
    if (other != null && !pays(pooled, other)) {
      return new Admission.Refused(new Submission.Underpriced(feeToReplace(other)));
    }
    long left = other == null ? 0 : other.bytes();
    if (bytes - left + pooled.bytes() > BYTES_MAX) {
      return new Admission.Refused(new Submission.PoolFull(ContractLimit.POOL_BYTES_MAX.word()));
    }
    if (other == null && byHash.size() >= TRANSACTIONS_MAX) {
      return new Admission.Refused(
          new Submission.PoolFull(ContractLimit.POOL_TRANSACTIONS_MAX.word()));
    }

    Queue queue = known == null ? new Queue(stateNonce) : known;
    bySender.putIfAbsent(pooled.sender(), queue);
    queue.byNonce.put(nonce, pooled);
    byHash.put(pooled.hash(), pooled);
    bytes += pooled.bytes() - left;
    pooled.arrival = arrivals++;
    if (other != null) {
      byHash.remove(other.hash());
      other.answer().complete(new Submission.Underpriced(feeToReplace(pooled)));
    }
    executable(queue, queue.next, queue.readyTo);
    return new Admission.Added(nonce < queue.readyTo, other == null ? List.of() : List.of(other));
  }

  /**
   * The next executable ones, at most so many: whoever came first, but none before its sender's
   * nonces below. They stay in the pool until a block has them, or they are dropped.
   */
  public synchronized List<Pooled> next(int most) {
    PriorityQueue<Pooled> firsts = new PriorityQueue<>(BY_ARRIVAL);
    for (Queue queue : bySender.values()) {
      if (queue.next < queue.readyTo) {
        firsts.add(queue.at(queue.next));
      }
    }
    List<Pooled> next = new ArrayList<>(Math.min(most, ready));
    while (next.size() < most && !firsts.isEmpty()) {
      Pooled first = firsts.remove();
      next.add(first);
      Queue queue = queueOf(first.sender());
      if (first.nonce() + 1 < queue.readyTo) {
        firsts.add(queue.at(first.nonce() + 1));
      }
    }
    return next;
  }

  /** It will not be in any block; its sender hears why. */
  public synchronized void drop(Pooled pooled, Submission why, long stateNonce) {
    forget(pooled);
    resync(pooled.sender(), stateNonce);
    pooled.answer().complete(why);
  }

  /**
   * Nothing covers what this one costs, which was acknowledged: it waits until then, behind the
   * others that were acknowledged, and they with it.
   */
  public synchronized void hold(Pooled pooled, long untilMillis) {
    pooled.arrival = arrivals++;
    heldUntilMillis = untilMillis;
    for (Queue queue : bySender.values()) {
      Pooled first = queue.byNonce.get(queue.next);
      if (first != null && (first.equals(pooled) || first.isDurable())) {
        queue.held = true;
        executable(queue, queue.next, queue.next);
      }
    }
  }

  /** What was held until before now is executable again. */
  public synchronized void resume(long wallMillis) {
    if (wallMillis < heldUntilMillis) {
      return;
    }
    for (Queue queue : bySender.values()) {
      if (queue.held) {
        queue.held = false;
        executable(queue, queue.next, queue.readyTo);
      }
    }
  }

  /**
   * A block was committed: these are its transactions.
   *
   * @param stateNonce what a sender's nonce is after it
   * @return those that are over, because they are in the block or another one has their nonce
   */
  public synchronized List<Pooled> committed(
      List<Hash> hashes, List<Address> senders, ToLongFunction<Address> stateNonce) {
    List<Pooled> over = new ArrayList<>(hashes.size());
    for (Hash hash : hashes) {
      Pooled pooled = byHash.get(hash);
      if (pooled != null) {
        forget(pooled);
        pooled.answer().complete(new Submission.Accepted(hash));
        over.add(pooled);
      }
    }
    for (Address sender : Map.copyOf(asMap(senders)).keySet()) {
      if (bySender.containsKey(sender)) {
        over.addAll(resync(sender, stateNonce.applyAsLong(sender)));
      }
    }
    return over;
  }

  private static Map<Address, Boolean> asMap(List<Address> senders) {
    Map<Address, Boolean> map = HashMap.newHashMap(senders.size());
    senders.forEach(sender -> map.put(sender, true));
    return map;
  }

  /** The sender's nonce is known anew. */
  public synchronized List<Pooled> resync(Address sender, long stateNonce) {
    Queue queue = bySender.get(sender);
    if (queue == null) {
      return List.of();
    }
    List<Pooled> over = List.copyOf(queue.byNonce.headMap(stateNonce).values());
    for (Pooled late : over) {
      forget(late);
      late.answer().complete(new Submission.NonceTooLow(late.nonce(), stateNonce));
    }
    boolean within = queue.next <= stateNonce && stateNonce <= queue.readyTo;
    executable(queue, stateNonce, within ? queue.readyTo : stateNonce);
    if (queue.byNonce.isEmpty()) {
      bySender.remove(sender);
    }
    return over;
  }

  /** Forgets those that have waited too long. */
  public synchronized List<Pooled> expire(long wallMillis) {
    List<Pooled> old =
        byHash.values().stream()
            .filter(pooled -> wallMillis - pooled.sinceMillis() > EXPIRY_MILLIS)
            .toList();
    for (Pooled pooled : old) {
      Queue queue = bySender.get(pooled.sender());
      long next = queue == null ? pooled.nonce() : queue.next;
      drop(pooled, new Submission.PoolFull(ContractLimit.POOL_EXPIRY_SECONDS.word()), next);
    }
    return old;
  }

  /** Executable ones, or held ones, that have waited since before then and stand on no page. */
  public synchronized List<Pooled> waitingSince(long wallMillis) {
    return bySender.values().stream()
        .flatMap(
            queue ->
                (queue.held ? queue.byNonce : queue.byNonce.subMap(queue.next, queue.readyTo))
                    .values().stream())
        .filter(pooled -> !pooled.isDurable() && pooled.sinceMillis() <= wallMillis)
        .toList();
  }

  public synchronized boolean hasReady() {
    return ready > 0;
  }

  /** How many are executable. */
  public synchronized int ready() {
    return ready;
  }

  public synchronized boolean isEmpty() {
    return byHash.isEmpty();
  }

  public synchronized Optional<PoolView.Waiting> find(Hash hash) {
    return Optional.ofNullable(byHash.get(hash)).map(found -> found.waiting(isExecutable(found)));
  }

  public synchronized Optional<Pooled> pooled(Hash hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  /** After the last one of the sender that is executable, or held. */
  public synchronized long nextNonce(Address sender, long stateNonce) {
    Queue queue = bySender.get(sender);
    if (queue == null) {
      return stateNonce;
    }
    long nonce = Math.max(queue.readyTo, stateNonce);
    while (queue.byNonce.containsKey(nonce)) {
      nonce++;
    }
    return nonce;
  }

  public synchronized List<PoolView.Waiting> of(Address sender) {
    Queue queue = bySender.get(sender);
    return queue == null
        ? List.of()
        : queue.byNonce.values().stream()
            .map(pooled -> pooled.waiting(pooled.nonce() < queue.readyTo))
            .toList();
  }

  public synchronized List<PoolView.Waiting> all() {
    return bySender.keySet().stream().flatMap(sender -> of(sender).stream()).toList();
  }

  private boolean isExecutable(Pooled pooled) {
    Queue queue = bySender.get(pooled.sender());
    return queue != null
        && queue.byNonce.get(pooled.nonce()) == pooled
        && pooled.nonce() < queue.readyTo;
  }

  /** From which nonce on they are executable, at least up to which, and further if none lacks. */
  private void executable(Queue queue, long next, long atLeast) {
    long readyTo = atLeast;
    while (!queue.held && queue.byNonce.containsKey(readyTo)) {
      readyTo++;
    }
    ready += Math.toIntExact((readyTo - next) - (queue.readyTo - queue.next));
    queue.next = next;
    queue.readyTo = readyTo;
  }

  private Queue queueOf(Address sender) {
    return Objects.requireNonNull(bySender.get(sender), "one that waits has its sender's queue");
  }

  private void forget(Pooled pooled) {
    if (byHash.remove(pooled.hash(), pooled)) {
      bytes -= pooled.bytes();
      Queue queue = queueOf(pooled.sender());
      queue.byNonce.remove(pooled.nonce(), pooled);
      long nonce = pooled.nonce();
      if (nonce == queue.next && nonce < queue.readyTo) {
        executable(queue, nonce + 1, queue.readyTo); // a block has it; what follows may follow
      } else if (nonce < queue.readyTo) {
        executable(queue, queue.next, Math.max(queue.next, nonce));
      }
      if (queue.byNonce.isEmpty()) {
        bySender.remove(pooled.sender());
      }
    }
  }

  /** As geth has it: both fees must rise by the percentage. */
  private static boolean pays(Pooled wanted, Pooled other) {
    Transaction more = wanted.transaction().content();
    Transaction less = other.transaction().content();
    return rises(more.maxFeePerGas(), less.maxFeePerGas())
        && rises(more.maxPriorityFeePerGas(), less.maxPriorityFeePerGas());
  }

  /** Where fees are zero, nothing can rise: then whoever comes later takes the place. */
  private static boolean rises(U256 more, U256 less) {
    return less.isZero()
        || more.toBigInteger()
                .multiply(PERCENT)
                .compareTo(less.toBigInteger().multiply(REPLACING_PERCENT))
            >= 0;
  }

  private static U256 feeToReplace(Pooled other) {
    BigInteger[] fee =
        other
            .transaction()
            .content()
            .maxFeePerGas()
            .toBigInteger()
            .multiply(REPLACING_PERCENT)
            .divideAndRemainder(PERCENT);
    return U256.of(fee[0].add(BigInteger.valueOf(fee[1].signum())));
  }
}
