package io.mooring.contracts.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.billing.Asset;
import io.mooring.billing.Decline;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.LogCursor;
import io.mooring.contracts.chain.LogFilter;
import io.mooring.contracts.chain.Place;
import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.Refusal;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.trie.AccountProof;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerChainTest {
  private static final Address SHOP = Address.fromHex("5555555555555555555555555555555555555555");

  private final World world = new World();
  private final LedgerChain chain = world.process();

  @Test
  void anAcceptedTransactionStandsInABlockWhoseRootsAreReal() {
    SignedTransaction payment = World.pay(1, 0, SHOP, 7);

    assertEquals(new Submission.Accepted(payment.hash()), World.send(chain, payment));

    ChainBlock block = chain.latest();
    assertEquals(1, block.number());
    assertEquals(List.of(payment.hash()), block.transactionHashes());
    assertEquals(List.of(World.address(1)), block.senders());
    assertEquals(new Place(1, 0), chain.place(payment.hash()).orElseThrow());
    assertEquals(U256.of(7), chain.state(1).source().account(SHOP).orElseThrow().balance());
    assertEquals(2, world.replayed().size());
  }

  @Test
  void aProofOfAnAccountVerifiesAgainstTheHeader() {
    World.send(chain, World.count(1, 0));

    AccountProof proof = chain.state(1).trie().proof(World.COUNTING, List.of(U256.ZERO));

    var verdict = proof.verify(chain.latest().header().stateRoot());
    var present = assertInstanceOf(AccountProof.Verdict.Present.class, verdict);
    assertEquals(U256.ONE, present.slots().get(U256.ZERO));
  }

  @Test
  void manyAtOnceShareBlocksAndEachIsExecutedOnce() {
    List<CompletableFuture<Submission>> answers = new ArrayList<>();
    for (long nonce = 0; nonce < 20; nonce++) {
      for (int key = 1; key <= 50; key++) {
        answers.add(chain.submit(World.sending(World.count(key, nonce))));
      }
    }

    for (CompletableFuture<Submission> answer : answers) {
      assertInstanceOf(Submission.Accepted.class, answer.join());
    }
    assertEquals(
        U256.of(1_000),
        chain.state(chain.latest().number()).source().storage(World.COUNTING, U256.ZERO));
    List<ChainBlock> blocks = world.replayed();
    assertTrue(blocks.size() < 500, "blocks: " + blocks.size());
    assertEquals(1_000, blocks.stream().mapToInt(block -> block.transactions().size()).sum());
  }

  @Test
  void aTransactionAheadOfItsNonceWaitsAndIsExecutedWhenTheGapIsFilled() {
    SignedTransaction second = World.count(1, 1);

    assertEquals(new Submission.Accepted(second.hash()), World.send(chain, second));
    assertEquals(0, chain.latest().number());
    assertTrue(chain.pool().find(second.hash()).isPresent());
    assertEquals(0, chain.pool().nextNonce(World.address(1)));

    World.send(chain, World.count(1, 0));
    chain.tick();

    awaitNonce(2, World.address(1));
    assertTrue(chain.place(second.hash()).isPresent());
    world.replayed();
  }

  @Test
  void whatWaitsOutlivesItsProcess() {
    World.send(chain, World.count(1, 1));

    LedgerChain other = world.process();
    World.send(other, World.count(1, 0));

    for (int tries = 0;
        other
                .state(other.latest().number())
                .source()
                .account(World.address(1))
                .orElseThrow()
                .nonce()
            < 2;
        tries++) {
      assertTrue(tries < 1_000, "the waiting one was lost");
      pause();
    }
    world.replayed();
  }

  @Test
  void theSameTransactionTwiceIsKnown() {
    SignedTransaction payment = World.pay(1, 0, SHOP, 7);
    World.send(chain, payment);

    assertEquals(new Submission.Known(payment.hash()), World.send(chain, payment));
    assertEquals(new Submission.NonceTooLow(0, 1), World.send(chain, World.pay(1, 0, SHOP, 8)));
  }

  @Test
  void refusesWhatNoBlockMayHold() {
    assertInstanceOf(
        Submission.Malformed.class, chain.submit(Sending.of(new byte[] {1, 2, 3}, "key_1")).join());
    assertEquals(
        new Submission.Malformed("a transaction has at most 131072 bytes"),
        chain.submit(Sending.of(new byte[131_073], "key_1")).join());

    Transaction foreign =
        new Transaction.DynamicFee(
            1, 0, U256.ZERO, U256.ZERO, 21_000, SHOP, U256.ZERO, new byte[0], List.of());
    assertEquals(
        new Submission.Invalid(Refusal.WRONG_CHAIN, Refusal.WRONG_CHAIN.explanation()),
        World.send(chain, World.sign(foreign, 1)));

    Transaction blob =
        new Transaction.Blob(
            World.CHAIN_ID,
            0,
            U256.ZERO,
            U256.ZERO,
            21_000,
            SHOP,
            U256.ZERO,
            new byte[0],
            List.of(),
            U256.ONE,
            List.of(Hash.ZERO));
    assertEquals(
        Refusal.TYPE_NOT_SUPPORTED,
        assertInstanceOf(Submission.Invalid.class, World.send(chain, World.sign(blob, 1)))
            .refusal());

    assertEquals(
        new Submission.InsufficientFunds(U256.ZERO, U256.ONE),
        World.send(chain, World.pay(99, 0, SHOP, 1)));
    assertEquals(
        new Submission.NonceTooHigh(4_096, 0), World.send(chain, World.pay(1, 4_096, SHOP, 1)));
    assertEquals(0, chain.latest().number());
  }

  @Test
  void aTransactionBoundToABlockIsVoidWhereThatBlockIsNot() {
    SignedTransaction payment = World.pay(1, 0, SHOP, 7);

    assertEquals(
        new Submission.Void(Hash.keccak(new byte[] {1})),
        chain.submit(new Sending(payment.encode(), "key_1", Hash.keccak(new byte[] {1}))).join());
    assertEquals(
        new Submission.Accepted(payment.hash()),
        chain.submit(new Sending(payment.encode(), "key_1", chain.latest().hash())).join());
  }

  @Test
  void twoProcessesOfOneChainExecuteEachTransactionOnce() {
    LedgerChain other = world.process();
    List<CompletableFuture<Submission>> answers = new ArrayList<>();
    for (long nonce = 0; nonce < 10; nonce++) {
      for (int key = 1; key <= 20; key++) {
        SignedTransaction transaction = World.count(key, nonce);
        answers.add(chain.submit(World.sending(transaction)));
        answers.add(other.submit(World.sending(transaction)));
      }
    }

    for (CompletableFuture<Submission> answer : answers) {
      Submission submission = answer.join();
      assertTrue(
          submission instanceof Submission.Accepted
              || submission instanceof Submission.Known
              || submission instanceof Submission.NonceTooLow,
          submission.toString());
    }
    List<ChainBlock> blocks = world.replayed();
    assertEquals(200, blocks.stream().mapToInt(block -> block.transactions().size()).sum());
  }

  @Test
  void findsLogsByAddressPageByPage() {
    for (int nonce = 0; nonce < 5; nonce++) {
      World.send(chain, World.count(1, nonce));
    }
    LogFilter ours = new LogFilter(0, Long.MAX_VALUE, Set.of(World.COUNTING), List.of());

    var first = chain.logs(ours, LogCursor.START, 3);
    var second = chain.logs(ours, first.next(), 3);

    assertEquals(3, first.logs().size());
    assertTrue(first.more());
    assertEquals(2, second.logs().size());
    assertEquals(
        List.of(1L, 2L, 3L, 4L, 5L),
        IntStream.range(0, 5)
            .mapToObj(i -> i < 3 ? first.logs().get(i) : second.logs().get(i - 3))
            .map(found -> found.blockNumber())
            .toList());
    assertEquals(
        0,
        chain.logs(new LogFilter(0, 9, Set.of(SHOP), List.of()), LogCursor.START, 3).logs().size());
  }

  @Test
  void aChainOpenedAgainGoesOnFromItsLastSealAndKnowsItsWholePast() {
    List<SignedTransaction> sent = new ArrayList<>();
    for (int nonce = 0; nonce < 200; nonce++) {
      sent.add(World.count(1, nonce));
      World.send(chain, sent.getLast());
    }
    assertEquals(200, chain.latest().number());
    world.awaitSealed(192);

    LedgerChain again = world.process();

    for (int number : List.of(0, 1, 63, 64, 65, 128, 191, 192, 193, 200)) {
      assertEquals(
          U256.of(number),
          again.state(number).source().storage(World.COUNTING, U256.ZERO),
          "after block " + number);
      assertEquals(
          again.block(number).orElseThrow().header().stateRoot(),
          again.state(number).trie().root());
      assertEquals(
          number, again.block(chain.block(number).orElseThrow().hash()).orElseThrow().number());
    }
    for (int number : List.of(1, 64, 150, 200)) {
      assertEquals(new Place(number, 0), again.place(sent.get(number - 1).hash()).orElseThrow());
    }
    assertEquals(new Submission.Known(sent.getFirst().hash()), World.send(again, sent.getFirst()));
    assertInstanceOf(Submission.Accepted.class, World.send(again, World.count(1, 200)));
    world.replayed();
  }

  @Test
  void whatIsDerivedComesBackByteForByte() {
    for (int nonce = 0; nonce < 130; nonce++) {
      World.send(chain, World.count(nonce % 3 + 1, nonce / 3));
    }
    world.awaitSealed(128);
    var before = world.derived(128);

    world.forgetDerived(128);
    world.process();
    world.awaitSealed(128);

    assertEquals(before, world.derived(128));
  }

  @Test
  void aRebuildPutsRightWhatWasDamagedWhileTheChainGoesOn() {
    for (int nonce = 0; nonce < 130; nonce++) {
      World.send(chain, World.count(nonce % 3 + 1, nonce / 3));
    }
    world.awaitSealed(128);
    var before = world.derived(128);
    world.damageDerived(128);

    assertEquals(4, LedgerChain.rebuild(world.works(), world.genesis));

    assertEquals(before, world.derived(128));
    assertInstanceOf(Submission.Accepted.class, World.send(chain, World.count(1, 44)));
  }

  @Test
  void gasCallDataAndNewStateAreCharged() {
    Transaction transfer =
        new Transaction.DynamicFee(
            World.CHAIN_ID,
            0,
            U256.ZERO,
            U256.ZERO,
            100_000,
            Token.ADDRESS,
            U256.ZERO,
            Token.transfer(SHOP, 1),
            List.of());
    List<List<Usage>> used = new CopyOnWriteArrayList<>();
    LedgerChain counted =
        world.process(
            write -> {
              used.add(write.usages());
              return Optional.empty();
            });

    World.send(counted, World.sign(transfer, 1)); // gives SHOP a slot that was not there
    World.send(counted, World.pay(2, 0, SHOP, 1)); // makes no slot, and has no data

    long gas = counted.block(1).orElseThrow().header().gasUsed();
    assertEquals(
        List.of(
            List.of(
                new Usage("gas", gas),
                new Usage("calldata-bytes", 68),
                new Usage("state-bytes", 64)),
            List.of(new Usage("gas", 21_000))),
        used);
  }

  @Test
  void whatCreditDoesNotCoverIsRefusedAndTheRestIsExecuted() {
    long covered = 3 * 21_000;
    LedgerChain poor =
        world.process(
            write ->
                write.usages().getFirst().quantity() > covered
                    ? Optional.of(
                        new Outcome.InsufficientCredit(
                            Decline.INSUFFICIENT_CREDIT, Asset.CPC, 21_000))
                    : Optional.empty());

    List<CompletableFuture<Submission>> payments = new ArrayList<>();
    for (int key = 1; key <= 20; key++) {
      payments.add(poor.submit(World.sending(World.pay(key, 0, SHOP, 1))));
    }
    Submission alone = World.send(poor, World.count(30, 0));
    byte[] data = new byte[2_000];
    Arrays.fill(data, (byte) 1);
    Transaction much =
        new Transaction.DynamicFee(
            World.CHAIN_ID, 0, U256.ZERO, U256.ZERO, 200_000, SHOP, U256.ZERO, data, List.of());
    Submission dear = World.send(poor, World.sign(much, 31));

    payments.forEach(answer -> assertInstanceOf(Submission.Accepted.class, answer.join()));
    assertInstanceOf(Submission.Accepted.class, alone);
    assertEquals(new Submission.OutOfCredit(Decline.INSUFFICIENT_CREDIT, Asset.CPC, 21_000), dear);
    world.replayed();
  }

  @Test
  void aClockCutsEmptyBlocksWhenNothingHappens() {
    World ticking = new World(Duration.ofMillis(1), U256.ZERO);
    LedgerChain clocked = ticking.process();

    // Whoever looks for something to do just now lets one tick pass.
    for (int tries = 0; clocked.latest().number() == 0; tries++) {
      assertTrue(tries < 2_000, "no block");
      clocked.tick();
      LockSupport.parkNanos(1_000_000);
    }

    assertEquals(1, clocked.latest().number());
    assertEquals(List.of(), clocked.latest().transactions());
    ticking.replayed();
  }

  @Test
  void aPriceThatEveryBlockAsksIsAskedBeforeThePool() {
    World priced = new World(Duration.ZERO, U256.of(9));

    assertEquals(
        new Submission.FeeTooLow(U256.ZERO, U256.of(9)),
        World.send(priced.process(), World.pay(1, 0, SHOP, 1)));
  }

  private void awaitNonce(long nonce, Address address) {
    for (int tries = 0;
        chain.state(chain.latest().number()).source().account(address).orElseThrow().nonce()
            < nonce;
        tries++) {
      assertTrue(tries < 1_000, "never executed");
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
