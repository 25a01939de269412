package io.mooring.contracts.build;

import io.mooring.contracts.ContractLimit;
import io.mooring.contracts.block.BlockRecord;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainFacts;
import io.mooring.contracts.chain.Submission;
import io.mooring.contracts.pool.PoolPages;
import io.mooring.contracts.pool.Pooled;
import io.mooring.contracts.pool.TransactionPool;
import io.mooring.contracts.state.StateStore;
import io.mooring.evm.Hash;
import io.mooring.evm.trie.StateTrie;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.commit.Basis;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.commit.TamperedException;
import io.mooring.platform.commit.Usage;
import io.mooring.platform.commit.Write;
import io.mooring.platform.table.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Makes the blocks of one chain in this process, and follows those that others make. At most one
 * turn runs at a time; a block built on a head that others have moved is refused by the commit, and
 * built again. Who follows waits for no commit: that may take long, and where processes freeze
 * between requests, longer than any of them.
 */
final class Builder {
  static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final System.Logger LOG = System.getLogger(Builder.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long somebody waits for another one who follows the ledger already. */
  private static final long FOLLOWING_MILLIS_MAX = 2_000;

  private static final long WINDOW_MILLIS_MIN = 2;
  private static final long PAUSE_MILLIS_MAX = 1_000;
  private static final int FOLLOW_PAGE = 16;

  /** After which time it is looked whether there is credit now for what was acknowledged. */
  private static final long CREDIT_AGAIN_MILLIS = 2_000;

  private final Works works;
  private final ChainFacts facts;
  private final StateStore states;
  private final Tail tail;
  private final TransactionPool pool;
  private final PoolPages pages;
  private final LongFunction<Optional<ChainBlock>> older;
  private final Consumer<ChainBlock> committed;

  /** Held while a block is taken in: at most one block comes after the tail's head. */
  private final ReentrantLock taking = new ReentrantLock();

  /** Held while blocks are made. */
  private final AtomicBoolean turning = new AtomicBoolean();

  private int lastTaken;
  private long lastMillis;
  private int failures;
  private volatile boolean closed;
  private volatile boolean stopped;
  private volatile long followedNanos;

  Builder(
      Works works,
      ChainFacts facts,
      StateStore states,
      Tail tail,
      TransactionPool pool,
      PoolPages pages,
      LongFunction<Optional<ChainBlock>> older,
      Consumer<ChainBlock> committed) {
    this.works = works;
    this.facts = facts;
    this.states = states;
    this.tail = tail;
    this.pool = pool;
    this.pages = pages;
    this.older = older;
    this.committed = committed;
    this.followedNanos = System.nanoTime();
  }

  boolean isClosed() {
    return closed;
  }

  /** Makes no more blocks: what waits and was acknowledged stands on pages. */
  void stop() {
    stopped = true;
  }

  /** Sees to it that somebody makes a block of what is executable. */
  void wake() {
    if (!stopped && !turning.get() && turning.compareAndSet(false, true)) {
      works.threads().execute(this::turn);
    }
  }

  private void turn() {
    try {
      while (pool.hasReady() && !closed && !stopped && failures == 0) {
        gather();
        build(pool.next(ContractLimit.BLOCK_TRANSACTIONS_MAX.intValue()));
      }
      if (failures > 0) {
        pause();
        retry();
      }
    } catch (StoreUnavailableException | BlobsUnavailableException e) {
      failures++;
      LOG.log(System.Logger.Level.WARNING, "the stores of a chain do not answer", e);
    } catch (RuntimeException e) {
      failures++;
      LOG.log(System.Logger.Level.ERROR, "chain " + facts.ledger().value() + " is stuck", e);
    } finally {
      turning.set(false);
    }
    if (pool.hasReady() && !closed) {
      wake();
    }
  }

  private void pause() {
    try {
      Thread.sleep(Math.min(PAUSE_MILLIS_MAX, 1L << Math.min(failures + 2, 10)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** After a failure: what stands in the ledger decides, then the next block may be tried. */
  private void retry() {
    int before = failures;
    states.retry();
    followNow();
    failures = 0;
    if (pool.hasReady() && !closed) {
      build(pool.next(ContractLimit.BLOCK_TRANSACTIONS_MAX.intValue()));
      failures = failures == 0 ? 0 : before + 1;
    }
  }

  /** Under load, lets a block grow to about the size of the last one before it is cut. */
  private void gather() {
    if (lastTaken <= 1 || pool.ready() >= lastTaken) {
      return;
    }
    long window =
        Math.clamp(
            lastMillis / 2, WINDOW_MILLIS_MIN, ContractLimit.BLOCK_WINDOW_MILLIS_MAX.value());
    long until = System.nanoTime() + window * 1_000_000;
    while (pool.ready() < lastTaken && System.nanoTime() < until) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Cuts an empty block if the chain has been idle for as long as its clock says. */
  void tick() {
    if (facts.clock().isZero() || closed || !turning.compareAndSet(false, true)) {
      return;
    }
    try {
      followNow();
      Head head = tail.head();
      long idle = works.clock().millis() - head.block().timeMillis();
      if (!closed && idle >= facts.clock().toMillis()) {
        commit(head, Cut.make(ground(head), List.of(), works.clock().millis()));
      }
    } finally {
      turning.set(false);
    }
    if (pool.hasReady()) {
      wake();
    }
  }

  private void build(List<Pooled> candidates) {
    if (candidates.isEmpty()) {
      return;
    }
    if (states.isBehind()) {
      failures++;
      return;
    }
    long began = System.nanoTime();
    Head head = tail.head();
    ReadAhead.read(head.source(), candidates, works.threads());
    Cut cut = Cut.make(ground(head), candidates, works.clock().millis());
    if (!cut.isEmpty() && !commit(head, cut)) {
      return;
    }
    Head now = tail.head();
    cut.dropped()
        .forEach(
            (pooled, why) -> {
              pool.drop(pooled, why, now.nonce(pooled.sender()));
              pages.over(List.of(pooled));
            });
    cut.left().stream()
        .map(Pooled::sender)
        .distinct()
        .forEach(sender -> pages.over(pool.resync(sender, now.nonce(sender))));
    lastTaken = cut.taken().size();
    lastMillis = (System.nanoTime() - began) / 1_000_000;
    pages.offer(pool.waitingSince(works.clock().millis() - PoolPages.UNBLOCKED_MILLIS_MAX));
  }

  /** Whether the ledger has the block now; if not, its transactions wait again. */
  private boolean commit(Head upon, Cut cut) {
    Outcome outcome = works.committer().commit(write(upon, cut), PATIENCE);
    return switch (outcome) {
      case Outcome.Won(var receipt) -> {
        takeIn(cut, receipt);
        yield true;
      }
      case Outcome.HeadMoved moved -> {
        followNow();
        yield false;
      }
      case Outcome.EffectRefused refused -> failed();
      case Outcome.LedgerClosed ledgerClosed -> {
        closed = true;
        refuse(cut, new Submission.ChainClosed());
        pages.over(cut.taken());
        yield false;
      }
      case Outcome.InsufficientCredit(var reason, var asset, long missing) -> {
        yield commitHalf(cut, new Submission.OutOfCredit(reason, asset, missing));
      }
      case Outcome.Tampered(String evidence) -> {
        closed = true;
        // Pages stay: what was acknowledged waits there until the ledger is put right.
        refuse(cut, new Submission.Unavailable(RETRY_AFTER, "the ledger is not what it was"));
        LOG.log(System.Logger.Level.ERROR, evidence);
        yield false;
      }
      // It may have landed, or may yet: whichever block comes first on this head is the next.
      case Outcome.Pending pending -> failed();
      case Outcome.Busy busy -> failed();
      case Outcome.InFlight inFlight -> failed();
      case Outcome.KeyReused keyReused -> failed();
      case Outcome.Replayed replayed -> failed();
    };
  }

  /** Takes in the block that was made here, unless somebody who follows has read it already. */
  private void takeIn(Cut cut, Receipt receipt) {
    taking.lock();
    try {
      if (tail.head().number() < cut.block().number()) {
        states.learn(cut.block().number(), cut.record().changes().codes());
        tail.charged(cut.block().number(), receipt.charges());
        advance(new Head(cut.block(), cut.trie(), states, receipt.commit(), receipt.head()));
      }
      followedNanos = System.nanoTime();
    } finally {
      taking.unlock();
    }
  }

  private boolean failed() {
    failures++;
    return false;
  }

  /** What all of them cost is not covered; perhaps what half of them cost is. */
  private boolean commitHalf(Cut cut, Submission refusal) {
    List<Pooled> taken = cut.taken();
    if (taken.size() <= 1) {
      taken.forEach(pooled -> uncovered(pooled, refusal));
      return false;
    }
    List<Pooled> half = taken.subList(0, taken.size() / 2);
    Head head = tail.head();
    Cut smaller = Cut.make(ground(head), half, works.clock().millis());
    return !smaller.isEmpty() && commit(head, smaller);
  }

  /** Refuses it, or keeps it until there is credit: what was acknowledged is not refused. */
  private void uncovered(Pooled pooled, Submission why) {
    if (pooled.refuse(why)) {
      pool.drop(pooled, why, tail.head().nonce(pooled.sender()));
      pages.over(List.of(pooled));
    } else {
      pool.hold(pooled, works.clock().millis() + CREDIT_AGAIN_MILLIS);
    }
  }

  private void refuse(Cut cut, Submission why) {
    Head now = tail.head();
    for (Pooled pooled : cut.taken()) {
      pool.drop(pooled, why, now.nonce(pooled.sender()));
    }
  }

  private Write write(Head upon, Cut cut) {
    byte[] content = cut.record().toBytes();
    Write write =
        Write.to(facts.ledger())
            .by(submitter(cut.taken()))
            .entry(
                NewEntry.of(
                        BlockRecord.ENTRY_TYPE,
                        cut.block().hash().toString(),
                        Content.of(BlockRecord.CONTENT_TYPE, content))
                    .at(cut.block().timeMillis()))
            .upon(new Basis.Upon(upon.log()))
            .carrying(Math.max(1, cut.taken().size()));
    for (Usage usage : cut.usages()) {
      write = write.uses(usage);
    }
    return write;
  }

  /** The one credential whose transactions these are, or nothing if there are several. */
  private static String submitter(List<Pooled> taken) {
    List<String> submitters =
        taken.stream().map(pooled -> pooled.sending().submitter()).distinct().limit(2).toList();
    return submitters.size() == 1 ? submitters.getFirst() : "";
  }

  private Cut.Ground ground(Head head) {
    return new Cut.Ground(
        works.evm(),
        facts,
        head.block(),
        head.frozen(),
        head.source(),
        this::hash,
        this::isRecent,
        works.workers());
  }

  /** The hash of one of the last blocks. */
  Hash hash(long number) {
    return tail.at(number)
        .map(Head::block)
        .or(() -> older.apply(number))
        .map(ChainBlock::hash)
        .orElse(Hash.ZERO);
  }

  boolean isRecent(Hash block) {
    long oldest = tail.head().number() - ContractLimit.RECENT_BLOCKS_MAX.value();
    return tail.number(block)
        .or(() -> states.number(block))
        .filter(number -> number >= oldest)
        .isPresent();
  }

  private void advance(Head made) {
    Head next = made;
    if (made.number() % StateStore.SEAL_BLOCKS == 0) {
      List<ChainBlock> blocks = new ArrayList<>(tail.after(made.number() - StateStore.SEAL_BLOCKS));
      blocks.add(made.block());
      StateTrie sealed = states.seal(made.frozen(), blocks);
      next = new Head(made.block(), sealed, states, made.commit(), made.log());
    }
    tail.advance(next);
    pages.over(
        pool.committed(next.block().transactionHashes(), next.block().senders(), next::nonce));
    committed.accept(next.block());
  }

  /** Follows the ledger if that was last done so long ago. */
  void followIfOlder(long millis) {
    try {
      if (isOlder(millis) && taking.tryLock(FOLLOWING_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
        try {
          if (isOlder(millis)) {
            follow();
          }
        } finally {
          taking.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOlder(long millis) {
    return System.nanoTime() - followedNanos > millis * 1_000_000;
  }

  /** Takes in the blocks that others have committed. */
  void followNow() {
    taking.lock();
    try {
      follow();
    } finally {
      taking.unlock();
    }
  }

  private void follow() {
    Commits commits = works.commits();
    List<Commit> page;
    do {
      page = commits.range(facts.ledger(), tail.head().commit() + 1, FOLLOW_PAGE);
      page.forEach(commit -> follow(commits, commit));
    } while (!page.isEmpty()); // a short page is not the end

    followedNanos = System.nanoTime();
  }

  private void follow(Commits commits, Commit commit) {
    for (KeptEntry entry : commits.body(facts.ledger(), commit).entries()) {
      BlockRecord.of(entry).ifPresent(record -> follow(record, commit));
    }
    closed |= commit.closed();
  }

  private void follow(BlockRecord record, Commit commit) {
    states.awaitStored(StateStore.SEALS_WAITING_MAX, PATIENCE);
    Head head = tail.head();
    ChainBlock block = record.block();
    StateTrie trie = head.frozen().copy();
    trie.apply(record.changes());
    if (block.number() != head.number() + 1
        || !block.header().parentHash().equals(head.block().hash())
        || !block.header().stateRoot().equals(trie.root())) {
      throw new TamperedException(
          "block %d of %s does not follow from block %d"
              .formatted(block.number(), facts.ledger().value(), head.number()));
    }
    states.learn(block.number(), record.changes().codes());
    advance(new Head(block, trie, states, commit.number(), commit.head()));
  }
}
