package io.mooring.contracts.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.contracts.chain.Submission;
import io.mooring.contracts.pool.PoolPages;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.platform.commit.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Processes that stand still between requests, as Lambda's do: what one has acknowledged from a
 * page is executed by another that has the chain open already, once.
 */
@Timeout(60)
class FrozenProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Outcome OUTRUN =
      new Outcome.Busy(Duration.ofMillis(1), "others were quicker");

  private final World world = new World();

  /** A process that loses every race for a block. */
  private LedgerChain outrun() {
    return world.process(write -> Optional.of(OUTRUN));
  }

  private void awaitNoPage() {
    for (int tries = 0; PoolPages.isAny(world.store, World.LEDGER); tries++) {
      assertTrue(tries < 1_000, "a page stays");
      LockSupport.parkNanos(5_000_000);
    }
  }

  private void assertStandOnce(LedgerChain chain, SignedTransaction... transactions) {
    for (SignedTransaction one : transactions) {
      assertTrue(chain.place(one.hash()).isPresent(), "not executed: " + one);
    }
    assertEquals(
        transactions.length,
        world.replayed().stream().mapToInt(block -> block.transactionHashes().size()).sum());
    assertEquals(
        U256.of(transactions.length),
        chain.state(chain.latest().number()).source().storage(World.COUNTING, U256.ZERO));
  }

  @Test
  void whatWasAcknowledgedFromAPageIsExecutedByAProcessThatHadTheChainOpen() {
    LedgerChain other = world.process();
    SignedTransaction waits = World.count(1, 0);
    try (LedgerChain frozen = outrun()) {
      Thread ticking = ticking(frozen);
      assertEquals(new Submission.Accepted(waits.hash()), World.send(frozen, waits));
      ticking.interrupt();
    }
    assertTrue(PoolPages.isAny(world.store, World.LEDGER));

    assertTrue(other.catchUp(PATIENCE));

    assertStandOnce(other, waits);
    awaitNoPage();
  }

  @Test
  void whatWaitsForANonceIsExecutedByWhoeverCatchesUpAfterTheBlockThatHasIt() {
    SignedTransaction first = World.count(1, 0);
    SignedTransaction second = World.count(1, 1);
    LedgerChain worker = world.process();
    LedgerChain another = frozenAfterABlock();
    try (LedgerChain frozen = world.process()) {
      assertInstanceOf(Submission.Accepted.class, World.send(frozen, second));
    }
    assertTrue(worker.catchUp(PATIENCE), "it waits for a nonce, so nothing is to be done");
    assertTrue(worker.pool().find(second.hash()).isPresent());

    assertInstanceOf(Submission.Accepted.class, World.send(another, first));
    another.close();
    assertTrue(worker.catchUp(PATIENCE));

    assertStandOnce(worker, first, second);
    awaitNoPage();
  }

  /** A process that makes one block and no more, as one that is frozen after its answer. */
  private LedgerChain frozenAfterABlock() {
    AtomicBoolean made = new AtomicBoolean();
    return world.process(write -> made.getAndSet(true) ? Optional.of(OUTRUN) : Optional.empty());
  }

  @Test
  void aProcessThatGoesOnFindsThatOthersHadItsTransactionsAndExecutesNoneAgain() {
    SignedTransaction one = World.count(1, 0);
    AtomicBoolean outrun = new AtomicBoolean(true);
    LedgerChain thawed =
        world.process(write -> outrun.get() ? Optional.of(OUTRUN) : Optional.empty());
    Thread ticking = ticking(thawed);
    assertEquals(new Submission.Accepted(one.hash()), World.send(thawed, one));
    ticking.interrupt();
    assertTrue(world.process().catchUp(PATIENCE));

    outrun.set(false);
    assertTrue(thawed.catchUp(PATIENCE));

    assertEquals(new Submission.Known(one.hash()), World.send(thawed, one));
    assertStandOnce(thawed, one);
  }

  @Test
  void whoFindsThatItDoesNotComeToTheEndSaysSo() {
    SignedTransaction waits = World.count(1, 0);
    LedgerChain outrun = outrun();
    Thread ticking = ticking(outrun);
    World.send(outrun, waits);
    ticking.interrupt();

    assertFalse(outrun.catchUp(Duration.ofMillis(50)));
    outrun.close();
    assertTrue(world.process().catchUp(PATIENCE));
    assertStandOnce(world.process(), waits);
  }

  @Test
  void whoReadsIsToldOfTheBlocksOfOthersWhileAProcessWaitsForItsOwn() throws Exception {
    SignedTransaction one = World.count(1, 0);
    CountDownLatch committing = new CountDownLatch(1);
    CountDownLatch thawed = new CountDownLatch(1);
    LedgerChain frozen =
        world.process(
            write -> {
              committing.countDown();
              await(thawed);
              return Optional.empty();
            });
    var waits = frozen.submit(World.sending(one));
    await(committing);
    LedgerChain other = world.process();
    assertEquals(new Submission.Accepted(one.hash()), World.send(other, one));

    Thread.sleep(2 * LedgerChain.FRESH_MILLIS);

    assertEquals(other.place(one.hash()), frozen.place(one.hash()));
    assertEquals(new Submission.Known(one.hash()), World.send(frozen, one));
    thawed.countDown();
    assertEquals(new Submission.Accepted(one.hash()), waits.join());
    assertStandOnce(frozen, one);
  }

  @Test
  void twoProcessesThatReadOneAnothersBlocksTakeTurns() throws Exception {
    List<LedgerChain> both = List.of(world.process(), world.process());
    List<SignedTransaction> all = new ArrayList<>();
    for (int turn = 0; turn < 6; turn++) {
      LedgerChain chain = both.get(turn % 2);
      Thread.sleep(LedgerChain.FRESH_MILLIS); // whoever reads now follows the other one's block
      assertEquals(turn, chain.latest().number());
      all.add(World.count(1, turn));

      assertEquals(new Submission.Accepted(all.getLast().hash()), World.send(chain, all.getLast()));
    }
    assertStandOnce(both.getLast(), all.toArray(SignedTransaction[]::new));
  }

  @Test
  void whatWasAcknowledgedOutlivesAProcessThatDistrustsTheLedger() {
    SignedTransaction waits = World.count(1, 0);
    AtomicReference<Outcome> outcome = new AtomicReference<>(OUTRUN);
    LedgerChain distrusting = world.process(write -> Optional.of(outcome.get()));
    Thread ticking = ticking(distrusting);
    assertEquals(new Submission.Accepted(waits.hash()), World.send(distrusting, waits));
    ticking.interrupt();

    outcome.set(new Outcome.Tampered("commit 1 is another one"));
    distrusting.catchUp(PATIENCE);

    assertTrue(PoolPages.isAny(world.store, World.LEDGER));
    LedgerChain mended = world.process();
    assertTrue(mended.catchUp(PATIENCE));
    assertStandOnce(mended, waits);
  }

  @Test
  void whatAPageHoldsIsKnownAtOnceToWhoeverTookItOver() {
    SignedTransaction waits = World.count(1, 0);
    try (LedgerChain gone = outrun()) {
      Thread ticking = ticking(gone);
      World.send(gone, waits);
      ticking.interrupt();
    }

    LedgerChain heir = outrun();

    assertEquals(new Submission.Known(waits.hash()), World.send(heir, waits));
    heir.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The register's clock, without the register. */
  static Thread ticking(LedgerChain chain) {
    return Thread.ofVirtual()
        .start(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                chain.tick();
                LockSupport.parkNanos(50_000_000);
              }
            });
  }
}
