package io.mooring.contracts.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.Asset;
import io.mooring.billing.Decline;
import io.mooring.contracts.chain.Submission;
import io.mooring.contracts.pool.PoolPages;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Write;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was acknowledged from a page, and is not covered when its block is made, is kept. */
@Timeout(60)
class CreditRunsOutTest {
  private static final Outcome OUTRUN =
      new Outcome.Busy(Duration.ofMillis(1), "others were quicker");
  private static final Outcome UNCOVERED =
      new Outcome.InsufficientCredit(Decline.INSUFFICIENT_CREDIT, Asset.CPC, 21_000);
  private static final int SENDERS = 20;

  private final World world = new World();
  private final AtomicInteger refused = new AtomicInteger();

  /** What a commit comes to, where it does not come through. */
  private volatile Optional<Outcome> fate = Optional.of(OUTRUN);

  private volatile long gasCovered = Long.MAX_VALUE;

  private final LedgerChain chain = world.process(this::judge);
  private Thread ticking = new Thread();

  @BeforeEach
  void tick() {
    ticking =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    chain.tick();
                    LockSupport.parkNanos(20_000_000);
                  }
                });
  }

  @AfterEach
  void end() {
    ticking.interrupt();
    chain.close();
  }

  private Optional<Outcome> judge(Write write) {
    Optional<Outcome> now =
        write.usages().getFirst().quantity() > gasCovered ? Optional.of(UNCOVERED) : fate;
    if (now.equals(Optional.of(UNCOVERED))) {
      refused.incrementAndGet();
    }
    return now;
  }

  private static void await(BooleanSupplier reached) {
    for (int tries = 0; !reached.getAsBoolean(); tries++) {
      assertTrue(tries < 2_000, "never reached");
      LockSupport.parkNanos(5_000_000);
    }
  }

  private SignedTransaction acknowledged(int key, long nonce) {
    SignedTransaction one = World.count(key, nonce);
    assertEquals(new Submission.Accepted(one.hash()), World.send(chain, one));
    return one;
  }

  private void runOut() {
    fate = Optional.of(UNCOVERED);
    await(() -> refused.get() > 0);
  }

  private void assertStandOnce(LedgerChain by, List<SignedTransaction> transactions) {
    transactions.forEach(one -> await(() -> by.place(one.hash()).isPresent()));
    assertEquals(
        transactions.size(),
        world.replayed().stream().mapToInt(block -> block.transactionHashes().size()).sum());
    assertEquals(
        U256.of(transactions.size()),
        by.state(by.latest().number()).source().storage(World.COUNTING, U256.ZERO));
    await(() -> !PoolPages.isAny(world.store, World.LEDGER));
  }

  @Test
  void staysOnItsPageAndIsExecutedWhenThereIsCredit() {
    SignedTransaction first = acknowledged(1, 0);
    runOut();
    assertEquals(
        new Submission.OutOfCredit(Decline.INSUFFICIENT_CREDIT, Asset.CPC, 21_000),
        World.send(chain, World.count(2, 0)),
        "not new");
    assertTrue(PoolPages.isAny(world.store, World.LEDGER));
    assertEquals(1, chain.pool().nextNonce(World.address(1)), "nobody else is given its nonce");
    SignedTransaction second = acknowledged(1, 1);

    fate = Optional.empty();

    assertStandOnce(chain, List.of(first, second));
  }

  @Test
  void isTriedAgainNowAndThenAndNotAllTheTime() {
    List<SignedTransaction> all =
        IntStream.rangeClosed(1, SENDERS).parallel().mapToObj(key -> acknowledged(key, 0)).toList();
    runOut();

    LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
    int triesMax = 2 * (1 + Integer.SIZE - Integer.numberOfLeadingZeros(SENDERS));
    assertTrue(refused.get() <= triesMax, refused + " commits in three seconds");

    fate = Optional.empty();
    assertStandOnce(chain, all);
  }

  @Test
  void whatCreditCoversIsNotStoppedForeverByWhatItDoesNot() {
    SignedTransaction dear = acknowledged(1, 0);
    SignedTransaction cheap = World.pay(2, 0, World.address(3), 1);
    assertInstanceOf(Submission.Accepted.class, World.send(chain, cheap));
    runOut();

    gasCovered = 21_000;
    fate = Optional.empty();
    await(() -> chain.place(cheap.hash()).isPresent());
    assertTrue(chain.place(dear.hash()).isEmpty());
    assertTrue(PoolPages.isAny(world.store, World.LEDGER));
  }

  @Test
  void isKeptByAProcessThatTookOverItsPageWhenThereWasNoCredit() {
    SignedTransaction one = acknowledged(1, 0);
    ticking.interrupt();
    chain.close();
    fate = Optional.of(UNCOVERED);
    LedgerChain other = world.process(this::judge);
    assertTrue(other.catchUp(Duration.ofSeconds(10)), "nothing could go into a block");
    await(() -> refused.get() > 0);
    assertTrue(PoolPages.isAny(world.store, World.LEDGER));

    fate = Optional.empty();
    await(
        () -> {
          other.tick();
          return other.place(one.hash()).isPresent();
        });

    assertStandOnce(other, List.of(one));
  }
}
