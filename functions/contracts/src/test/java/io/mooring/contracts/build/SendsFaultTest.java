package io.mooring.contracts.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mooring.contracts.SealedKeys;
import io.mooring.contracts.abi.Abi;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.rest.Calls;
import io.mooring.contracts.rest.Order;
import io.mooring.contracts.rest.Sends;
import io.mooring.contracts.rpc.Dispatcher;
import io.mooring.contracts.rpc.RpcMethods;
import io.mooring.contracts.rpc.RpcSession;
import io.mooring.contracts.rpc.Turns;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.interpreter.Interpreter;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Mode;
import io.mooring.platform.identity.Plan;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A request with an Idempotency-Key whose first process is met by a fault: which call of the stores
 * fails × how × what the client hears when it asks again: one transaction, and the same answer.
 */
@Timeout(120)
class SendsFaultTest {
  /** The scenario makes fewer calls of the stores than this; a test says if it does not. */
  private static final int CALLS = 32;

  private static final long PATIENCE_MILLIS = 1_500;
  private static final int TRIES_MAX = 400;
  private static final int REQUESTS = 20;

  private static final Turns TURNS = new Turns(2, 64, 256);
  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static final Repetition REQUEST = request("request-1");
  private static final Caller CALLER =
      new Caller(
          World.LEDGER.tenant(), "key_1", Set.of(Scope.CONTRACTS_WRITE), Mode.TEST, Plan.SCALE);

  private static Repetition request(String key) {
    return new Repetition.Keyed(
        IdempotencyKey.of("ten_acme POST /send", key),
        io.mooring.ledger.Hash.ofNothing(),
        new byte[0]);
  }

  /** A tenant who has a key held. */
  private static final class Site {
    final World world = new World();
    final SealedKeys keys =
        new SealedKeys(world.store, new byte[32], new Random(1), Clock.systemUTC(), THREADS);
    final Committer healthy = World.committer(world.store, world.blobs, world.store);
    final Address sender;

    Site() {
      SealedKeys.NewKey made = keys.make(World.LEDGER.tenant(), "key_1");
      if (!(healthy.commit(made.write()) instanceof Outcome.Won)) {
        throw new AssertionError("no key");
      }
      sender = made.address();
    }

    SealedKeys keysOfAnotherProcess() {
      return new SealedKeys(world.store, new byte[32], new Random(2), Clock.systemUTC(), THREADS);
    }

    /** Just these stand in blocks, in the order of their nonces, each executed once. */
    void assertStand(Set<Hash> hashes) throws InterruptedException {
      LedgerChain after = world.process();
      for (int tries = 0; !hashes.stream().allMatch(one -> after.place(one).isPresent()); tries++) {
        assertTrue(tries < TRIES_MAX, "never executed");
        after.tick();
        Thread.sleep(5);
      }
      List<ChainBlock> blocks = world.replayed();
      assertEquals(
          hashes,
          Set.copyOf(
              blocks.stream().flatMap(block -> block.transactionHashes().stream()).toList()));
      assertEquals(
          LongStream.range(0, hashes.size()).boxed().toList(),
          blocks.stream()
              .flatMap(block -> block.transactions().stream())
              .map(transaction -> transaction.content().nonce())
              .toList());
      assertEquals(
          U256.of(hashes.size()),
          after.state(after.latest().number()).source().storage(World.COUNTING, U256.ZERO));
    }

    Hash sendTransaction(LedgerChain chain, SealedKeys by) {
      Dispatcher dispatcher =
          new Dispatcher(
              RpcMethods.of("test", by, new Interpreter(), System::nanoTime, () -> 0),
              TURNS,
              (method, outcome, nanos) -> {});
      String request =
          """
          {"jsonrpc":"2.0","id":1,"method":"eth_sendTransaction",\
          "params":[{"from":"%s","to":"%s","gas":"0x186a0"}]}\
          """
              .formatted(sender, World.COUNTING);
      byte[] answer =
          dispatcher
              .answer(
                  request.getBytes(StandardCharsets.UTF_8),
                  new RpcSession(chain, CALLER.tenant(), CALLER.subject(), true))
              .join();
      return Hash.fromHex(JsonTree.parse(answer).path("result").asText());
    }

    Hash send(LedgerChain chain, Committer committer) {
      return send(chain, keys, committer, REQUEST);
    }

    Hash send(LedgerChain chain, SealedKeys by, Committer committer, Repetition request) {
      Order order =
          new Order(
              sender,
              World.COUNTING,
              new byte[0],
              U256.ZERO,
              100_000L,
              Sending.ANYWHERE,
              Abi.parse(new ArrayNode(JsonNodeFactory.instance)));
      return new Sends(by, new Calls(new Interpreter(), TURNS), committer)
          .send(CALLER, chain, order, request, Sends.Beside.NOTHING);
    }

    /** What the client hears of a process whose stores fail; nothing, if it hears no hash. */
    Optional<Hash> send(FaultyStores stores) {
      return CompletableFuture.supplyAsync(
              () -> {
                try (LedgerChain chain = world.process(stores, stores, stores)) {
                  return Optional.of(send(chain, World.committer(stores, stores, stores)));
                }
              },
              THREADS)
          .completeOnTimeout(Optional.empty(), PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
          .exceptionally(failed -> Optional.empty())
          .join();
    }

    Hash again(LedgerChain chain) throws InterruptedException {
      return again(chain, keys, REQUEST);
    }

    /** Asks again for as long as it is not known what became of the request. */
    Hash again(LedgerChain chain, SealedKeys by, Repetition request) throws InterruptedException {
      for (int tries = 1; ; tries++) {
        try {
          return send(chain, by, healthy, request);
        } catch (RefusedException unknown) {
          assertTrue(tries < TRIES_MAX, "never known: " + unknown);
          Thread.sleep(5);
        }
      }
    }
  }

  @Test
  void theScenarioHasNoMoreCallsThanAreMadeToFail() {
    Site site = new Site();
    FaultyStores stores = FaultyStores.healthy(site.world);

    assertTrue(site.send(stores).isPresent());

    assertTrue(stores.calls() < CALLS, "calls: " + stores.calls());
  }

  @ParameterizedTest
  @EnumSource
  void aRequestThatIsRepeatedIsOneTransactionWhicheverCallWasLost(FaultyStores.Fault fault) {
    FaultyStores.atEachCall(CALLS, call -> run(call, fault));
  }

  /** How a client asks for a transaction by a key that the platform holds. */
  enum Way {
    REST,
    REST_WITH_A_KEY,
    JSON_RPC
  }

  /** All want the very same thing, so that only their nonces tell them apart. */
  @ParameterizedTest
  @EnumSource
  void equalRequestsOfTwoProcessesAreATransactionEach(Way way) throws Exception {
    Site site = new Site();
    List<LedgerChain> chains = List.of(site.world.process(), site.world.process());
    List<SealedKeys> keys = List.of(site.keys, site.keysOfAnotherProcess());
    List<Future<Hash>> sent = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < REQUESTS; n++) {
        LedgerChain chain = chains.get(n % 2);
        SealedKeys by = keys.get(n % 2);
        Repetition keyed = request("request-" + n);
        sent.add(
            clients.submit(
                () ->
                    switch (way) {
                      case REST -> site.send(chain, by, site.healthy, new Repetition.Free());
                      case REST_WITH_A_KEY -> site.again(chain, by, keyed);
                      case JSON_RPC -> site.sendTransaction(chain, by);
                    }));
      }
    }

    Set<Hash> hashes = new HashSet<>();
    for (Future<Hash> one : sent) {
      hashes.add(one.get());
    }
    assertEquals(REQUESTS, hashes.size(), "two requests were told of one transaction");
    site.assertStand(hashes);
  }

  /** What is promised from a page is not known to a process that had the chain open before. */
  @Test
  void aNonceThatWaitsOnThePageOfAFrozenProcessIsNotGivenAgain() throws Exception {
    Site site = new Site();
    LedgerChain other = site.world.process();
    Hash waits;
    try (LedgerChain frozen =
        site.world.process(
            write -> Optional.of(new Outcome.Busy(Duration.ofMillis(1), "others were quicker")))) {
      Thread ticking = FrozenProcessTest.ticking(frozen);
      waits = site.send(frozen, site.keys, site.healthy, new Repetition.Free());
      ticking.interrupt();
    }

    Hash next = site.send(other, site.keysOfAnotherProcess(), site.healthy, new Repetition.Free());

    site.assertStand(Set.of(waits, next));
  }

  private static void run(int call, FaultyStores.Fault fault) throws InterruptedException {
    Site site = new Site();
    Optional<Hash> first = site.send(new FaultyStores(site.world, call, fault));
    LedgerChain other = site.world.process();

    Hash equal = site.again(other, site.keysOfAnotherProcess(), request("request-2"));
    Hash second = site.again(other);
    Hash third = site.again(other);

    assertEquals(first.orElse(second), second);
    assertEquals(second, third);
    assertNotEquals(second, equal);
    site.assertStand(Set.of(second, equal));
  }
}
