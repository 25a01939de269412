package io.mooring.contracts.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.table.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Which call of the stores fails × how × what the ledger has afterwards: nothing acknowledged is
 * lost, nothing is executed twice, and every root comes out again from the genesis.
 */
class ChainFaultsTest {
  /** The scenario makes fewer calls of the stores than this; a test says if it does not. */
  private static final int CALLS = 24;

  /** Long enough for what a healthy process still acknowledges, short for what it cannot. */
  private static final long ANSWER_MILLIS_MAX = 400;

  @Test
  void theScenarioHasNoMoreCallsThanAreMadeToFail() {
    World world = new World();
    FaultyStores stores = FaultyStores.healthy(world);

    List<SignedTransaction> acknowledged =
        send(world.process(stores, stores, stores), transactions());

    assertEquals(transactions().size(), acknowledged.size());
    assertTrue(stores.calls() < CALLS, "calls: " + stores.calls());
    System.err.println("CALLS " + stores.calls());
  }

  @ParameterizedTest
  @EnumSource
  void losesNothingAcknowledgedAndExecutesNothingTwice(FaultyStores.Fault fault) {
    FaultyStores.atEachCall(CALLS, call -> run(call, fault));
  }

  private static void run(int call, FaultyStores.Fault fault) {
    World world = new World();
    List<SignedTransaction> all = transactions();

    List<SignedTransaction> acknowledged = send(world, call, fault, all);

    LedgerChain healthy = world.process();
    for (SignedTransaction one : acknowledged) {
      assertTrue(isIn(healthy, one) || healthy.pool().find(one.hash()).isPresent(), "lost: " + one);
    }
    all.add(World.count(4, 0));
    for (SignedTransaction one : all) {
      if (!acknowledged.contains(one)) {
        World.send(healthy, one); // whoever heard nothing sends again
      }
    }
    awaitExecuted(healthy, all);

    Map<Object, Integer> executed = new HashMap<>();
    for (ChainBlock block : world.replayed()) {
      block.transactionHashes().forEach(hash -> executed.merge(hash, 1, Integer::sum));
    }
    assertEquals(all.size(), executed.size());
    assertTrue(executed.values().stream().allMatch(times -> times == 1), executed.toString());
    assertEquals(
        U256.of(all.size()),
        healthy.state(healthy.latest().number()).source().storage(World.COUNTING, U256.ZERO));
  }

  private static List<SignedTransaction> transactions() {
    List<SignedTransaction> all = new ArrayList<>();
    for (int key = 1; key <= 3; key++) {
      all.add(World.count(key, 0));
      all.add(World.count(key, 1));
    }
    all.add(World.count(4, 1)); // waits for a nonce that comes after the fault
    return all;
  }

  /** Sends through a process that a fault meets; gives what it has acknowledged. */
  private static List<SignedTransaction> send(
      World world, int call, FaultyStores.Fault fault, List<SignedTransaction> all) {
    FaultyStores stores = new FaultyStores(world, call, fault);
    try (LedgerChain chain = world.process(stores, stores, stores)) {
      return send(chain, all);
    } catch (StoreUnavailableException | BlobsUnavailableException e) {
      return List.of(); // it died before it could promise anything
    }
  }

  private static List<SignedTransaction> send(LedgerChain chain, List<SignedTransaction> all) {
    List<CompletableFuture<Submission>> answers =
        all.stream().map(one -> chain.submit(World.sending(one))).toList();
    List<SignedTransaction> acknowledged = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Submission answer =
          answers
              .get(i)
              .exceptionally(failed -> new Submission.ChainClosed())
              .completeOnTimeout(
                  new Submission.ChainClosed(), ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS)
              .join();
      if (answer instanceof Submission.Accepted) {
        acknowledged.add(all.get(i));
      }
    }
    return acknowledged;
  }

  private static void awaitExecuted(LedgerChain chain, List<SignedTransaction> wanted) {
    for (int tries = 0; !wanted.stream().allMatch(one -> isIn(chain, one)); tries++) {
      assertTrue(
          tries < 2_000, "lost: " + wanted.stream().filter(one -> !isIn(chain, one)).toList());
      chain.tick();
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isIn(LedgerChain chain, SignedTransaction transaction) {
    return chain.place(transaction.hash()).isPresent();
  }
}
