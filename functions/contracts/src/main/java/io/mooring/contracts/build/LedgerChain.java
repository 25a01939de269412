package io.mooring.contracts.build;

import io.mooring.billing.Charge;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainFacts;
import io.mooring.contracts.chain.ChainListener;
import io.mooring.contracts.chain.ChainState;
import io.mooring.contracts.chain.LogCursor;
import io.mooring.contracts.chain.LogFilter;
import io.mooring.contracts.chain.LogPage;
import io.mooring.contracts.chain.Place;
import io.mooring.contracts.chain.PoolView;
import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.chain.StateUnavailableException;
import io.mooring.contracts.chain.Submission;
import io.mooring.contracts.pool.PoolPages;
import io.mooring.contracts.pool.Pooled;
import io.mooring.contracts.pool.TransactionPool;
import io.mooring.contracts.state.StateStore;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Hash;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.TransactionRules;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.Commits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A chain whose blocks are the entries of a ledger: entry n is block n. Thread-safe. */
public final class LedgerChain implements Chain, AutoCloseable {
  /** How old what a reader is shown may be, where another process has gone on. */
  static final long FRESH_MILLIS = 500;

  private static final long PATIENCE_MILLIS = 10_000;
  private static final Duration STORED_PATIENCE = Duration.ofSeconds(30);
  private static final System.Logger LOG = System.getLogger(LedgerChain.class.getName());

  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private static final long CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Works works;
  private final ChainFacts facts;
  private final StateStore states;
  private final Past past;
  private final Tail tail;
  private final TransactionPool pool = new TransactionPool();
  private final PoolPages pages;
  private final Builder builder;
  private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();

  private volatile long usedNanos = System.nanoTime();
  private volatile long adoptedNanos = System.nanoTime();

  private LedgerChain(
      Works works,
      ChainGenesis genesis,
      StateStore states,
      Past past,
      Tail tail,
      Supplier<String> ids) {
    this.states = states;
    this.past = past;
    this.works = works;
    this.facts = genesis.facts();
    this.tail = tail;
    this.pages = new PoolPages(facts.ledger(), works.items(), works.table(), works.threads(), ids);
    this.builder = new Builder(works, facts, states, tail, pool, pages, past::block, this::tell);
  }

  /** Opens the chain as the ledger has it, and takes over what waits durably. */
  public static LedgerChain open(Works works, ChainGenesis genesis, Supplier<String> ids) {
    LedgerId ledger = genesis.facts().ledger();
    StateStore states =
        new StateStore(ledger, works.blobs(), works.items(), works.cache(), works.threads());
    Past past = new Past(works, genesis, states);
    Tail tail = new Tail(past.head(states.open()));
    LedgerChain chain = new LedgerChain(works, genesis, states, past, tail, ids);
    chain.builder.followNow();
    chain.adopt();
    return chain;
  }

  /**
   * Derives everything again from the blocks, over what is stored; how many objects that makes.
   * Nobody misses anything meanwhile, for what is intact is replaced by the same bytes.
   */
  public static long rebuild(Works works, ChainGenesis genesis) {
    LedgerId ledger = genesis.facts().ledger();
    StateStore states =
        new StateStore(ledger, works.blobs(), works.items(), works.cache(), works.threads());
    states.openToRebuild();
    Past past = new Past(works, genesis, states);
    try (LedgerChain chain =
        new LedgerChain(works, genesis, states, past, new Tail(past.head(0)), () -> "")) {
      chain.builder.followNow();
      states.awaitStored(1, STORED_PATIENCE);
      return states.objects();
    }
  }

  /** What was derived is asked of the stores again, because it was mended there. */
  public void forgetRead() {
    states.forgetRead();
  }

  /** Notes that somebody has asked for the chain. */
  public LedgerChain used() {
    usedNanos = System.nanoTime();
    return this;
  }

  /** Whether nobody has asked for it in a while, and nothing waits or listens. */
  public boolean isIdle() {
    return System.nanoTime() - usedNanos > IDLE_NANOS && pool.isEmpty() && listeners.isEmpty();
  }

  /** Makes no more blocks; reading goes on. */
  @Override
  public void close() {
    builder.stop();
  }

  @Override
  public ChainFacts facts() {
    return facts;
  }

  @Override
  public ChainBlock latest() {
    builder.followIfOlder(FRESH_MILLIS);
    return tail.head().block();
  }

  @Override
  public Optional<ChainBlock> block(long number) {
    if (number < 0 || number > latest().number()) {
      return Optional.empty();
    }
    return tail.at(number).map(Head::block).or(() -> past.block(number));
  }

  @Override
  public Optional<ChainBlock> block(Hash hash) {
    latest();
    return past.isGenesis(hash)
        ? block(0)
        : tail.number(hash).or(() -> states.number(hash)).flatMap(this::block);
  }

  @Override
  public List<Charge> charges(long block) {
    return tail.charges(block).orElseGet(() -> charged(block));
  }

  private List<Charge> charged(long block) {
    Commits commits = works.commits();
    Commit commit =
        commits
            .holding(facts.ledger(), block)
            .orElseThrow(() -> new IllegalStateException("block " + block + " is gone"));
    return commits.manifest(facts.ledger(), commit).attempts().stream()
        .flatMap(attempt -> attempt.cost().parts().stream())
        .map(
            part -> new Charge(part.meter(), part.quantity(), part.units(), commit.bill().prices()))
        .toList();
  }

  @Override
  public Optional<Place> place(Hash transaction) {
    latest();
    return tail.place(transaction).or(() -> states.place(transaction));
  }

  @Override
  public ChainState state(long number) {
    latest();
    if (number < 0 || number > tail.head().number()) {
      throw new StateUnavailableException("there is no block " + number);
    }
    Optional<Head> recent = tail.at(number);
    return recent.isPresent() ? recent.get() : past.state(number);
  }

  @Override
  public BlockHeader next() {
    ChainBlock latest = latest();
    return Cut.header(facts, latest.header(), latest.hash(), works.clock().millis());
  }

  @Override
  public BlockContext context(BlockHeader header) {
    return Cut.context(rules(header), header, builder::hash);
  }

  @Override
  public CompletableFuture<Submission> submit(Sending sending) {
    return CompletableFuture.supplyAsync(() -> admit(sending), works.workers())
        .thenCompose(
            answer ->
                answer
                    .copy()
                    .completeOnTimeout(
                        new Submission.Unavailable(
                            Builder.RETRY_AFTER, "no block has it yet, and no page"),
                        PATIENCE_MILLIS,
                        TimeUnit.MILLISECONDS));
  }

  private CompletableFuture<Submission> admit(Sending sending) {
    if (builder.isClosed()) {
      return over(new Submission.ChainClosed());
    }
    long millis = works.clock().millis();
    return switch (Admissions.read(facts, rulesNow(millis), sending, millis)) {
      case Admissions.Read.Bad(Submission why) -> over(why);
      case Admissions.Read.Good(Pooled pooled) -> admit(pooled);
    };
  }

  private CompletableFuture<Submission> admit(Pooled pooled) {
    builder.followIfOlder(FRESH_MILLIS);
    if (tail.place(pooled.hash()).isPresent() || isOld(pooled)) {
      return over(new Submission.Known(pooled.hash()));
    }
    if (pooled.sending().bound().filter(block -> !builder.isRecent(block)).isPresent()) {
      return over(new Submission.Void(pooled.sending().recentBlock()));
    }
    var account = tail.head().source().account(pooled.sender());
    Optional<Submission> refusal = Admissions.judge(pooled, account);
    if (refusal.isPresent()) {
      return over(refusal.get());
    }
    long nonce = account.map(held -> held.nonce()).orElse(0L);
    return switch (pool.add(pooled, nonce)) {
      case TransactionPool.Admission.Refused(Submission why) -> over(why);
      case TransactionPool.Admission.Waiting(Pooled first) ->
          first
              .answer()
              .thenApply(
                  answer ->
                      answer instanceof Submission.Accepted(Hash hash)
                          ? new Submission.Known(hash)
                          : answer);
      case TransactionPool.Admission.Added(boolean executable, List<Pooled> replaced) -> {
        pages.replaced(replaced, pooled);
        tell(pooled.transaction(), pooled.hash(), pooled.sender());
        if (!executable) {
          // A block may have come since the nonce was read, and with it the nonce that is missing;
          // the pool was told of that block before it knew this sender again.
          long now = tail.head().nonce(pooled.sender());
          if (now > nonce) {
            pages.over(pool.resync(pooled.sender(), now));
          }
          pages.offer(List.of(pooled));
        }
        builder.wake();
        yield pooled.answer();
      }
    };
  }

  /** Whether it is in a sealed block: only asked where the nonce says that it may be. */
  private boolean isOld(Pooled pooled) {
    return pooled.nonce() < tail.head().nonce(pooled.sender())
        && states.place(pooled.hash()).isPresent();
  }

  /** Takes over the pages of processes that are gone; those of others that live do no harm. */
  private void adopt() {
    adoptedNanos = System.nanoTime();
    long millis = works.clock().millis();
    pages.readOthers(
        (sending, page, sinceMillis) -> {
          var read = Admissions.read(facts, rulesNow(millis), sending, sinceMillis);
          return read instanceof Admissions.Read.Good(Pooled pooled)
                  && tail.place(pooled.hash()).isEmpty()
              ? adopt(pooled, page)
              : PoolPages.Fate.OVER;
        });
    builder.wake();
  }

  private PoolPages.Fate adopt(Pooled pooled, String page) {
    pooled.standsOn(page);
    return switch (pool.add(pooled, tail.head().nonce(pooled.sender()))) {
      case TransactionPool.Admission.Added(var unused, List<Pooled> replaced) -> {
        pages.replaced(replaced, pooled);
        pooled.answer().complete(new Submission.Accepted(pooled.hash()));
        yield PoolPages.Fate.WAITS;
      }
      case TransactionPool.Admission.Waiting waiting -> PoolPages.Fate.WAITS;
      case TransactionPool.Admission.Refused(Submission why) ->
          why instanceof Submission.NonceTooLow ? PoolPages.Fate.OVER : PoolPages.Fate.LATER;
    };
  }

  /**
   * Does what processes have left that were frozen or gone after their answer: follows the ledger,
   * takes over what waits on pages, and makes blocks of it.
   *
   * @return whether nothing waits any more that could go into a block, or the chain has moved, so
   *     that whoever is told of its blocks calls again
   */
  public boolean catchUp(Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    builder.followNow();
    long before = tail.head().number();
    adopt();
    pool.resume(works.clock().millis());
    while (pool.hasReady() && !builder.isClosed()) {
      if (System.nanoTime() > until || Thread.currentThread().isInterrupted()) {
        return tail.head().number() > before;
      }
      builder.wake();
      LockSupport.parkNanos(CATCH_UP_NANOS);
    }
    return true;
  }

  /** What has to be done now and then: what waits too long expires, an idle chain's clock ticks. */
  public void tick() {
    long millis = works.clock().millis();
    pages.over(pool.expire(millis));
    pool.resume(millis);
    if (!pool.isEmpty()) {
      builder.followIfOlder(FRESH_MILLIS);
      pages.offer(pool.waitingSince(millis - PoolPages.UNBLOCKED_MILLIS_MAX));
      builder.wake();
    }
    states.retry();
    builder.tick();
  }

  private TransactionRules rulesNow(long millis) {
    BlockHeader head = tail.head().block().header();
    return facts.rules(head.number() + 1, Math.max(head.timestamp(), millis / 1_000));
  }

  private static CompletableFuture<Submission> over(Submission submission) {
    return CompletableFuture.completedFuture(submission);
  }

  @Override
  public long freeNonce(Address sender) {
    builder.followIfOlder(FRESH_MILLIS);
    if (System.nanoTime() - adoptedNanos > TimeUnit.MILLISECONDS.toNanos(FRESH_MILLIS)) {
      adopt();
    }
    return pool.nextNonce(sender, tail.head().nonce(sender));
  }

  @Override
  public PoolView pool() {
    return new PoolView() {
      @Override
      public Optional<Waiting> find(Hash transaction) {
        return pool.find(transaction);
      }

      @Override
      public long nextNonce(Address sender) {
        return pool.nextNonce(sender, tail.head().nonce(sender));
      }

      @Override
      public List<Waiting> of(Address sender) {
        return pool.of(sender);
      }

      @Override
      public List<Waiting> all() {
        return pool.all();
      }
    };
  }

  @Override
  public LogPage logs(LogFilter filter, LogCursor from, int limit) {
    return new LogSearch(filter, from, limit)
        .run(this::block, states::nextLogged, latest().number());
  }

  @Override
  public Subscription listen(ChainListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void tell(ChainBlock block) {
    for (ChainListener listener : listeners) {
      try {
        listener.committed(block);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "a listener failed", e);
      }
    }
  }

  private void tell(SignedTransaction transaction, Hash hash, Address sender) {
    for (ChainListener listener : listeners) {
      try {
        listener.pending(transaction, hash, sender);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "a listener failed", e);
      }
    }
  }
}
