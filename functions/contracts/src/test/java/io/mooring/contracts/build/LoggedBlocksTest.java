package io.mooring.contracts.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.FoundLog;
import io.mooring.contracts.chain.LogCursor;
import io.mooring.contracts.chain.LogFilter;
import io.mooring.contracts.chain.Submission;
import io.mooring.contracts.state.NodeCache;
import io.mooring.contracts.state.StateStore;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A search for logs over the whole chain reads the blocks that have some, and finds all. */
class LoggedBlocksTest {
  private static final Hash TRANSFER =
      Hash.fromHex("ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");

  private static final int SEALED = 2 * StateStore.SEAL_BLOCKS;

  private final World world = new World();
  private final LedgerChain chain = world.process();

  @Test
  void findsInSealedBlocksAndInNewOnesWhatReadingAllOfThemFinds() {
    int blocks = SEALED + 10;
    long[] nonces = new long[3];
    while (chain.latest().number() < blocks) {
      // The receiver changes every ten blocks, so each stands in a few blocks of one seal or two.
      int key = 1 + (int) (chain.latest().number() % 2);
      send(key, nonces[key]++, World.address(20 + (int) (chain.latest().number() / 10)));
    }
    world.awaitSealed(SEALED);
    LedgerChain opened = world.process();

    List<LogFilter> filters = new ArrayList<>();
    for (int key = 19; key < 19 + blocks / 10 + 3; key++) {
      Hash to = topic(key);
      filters.add(all(Set.of(), List.of(Set.of(), Set.of(), Set.of(to))));
      filters.add(all(Set.of(Token.ADDRESS), List.of(Set.of(TRANSFER), Set.of(), Set.of(to))));
    }
    filters.add(all(Set.of(), List.of(Set.of(TRANSFER), Set.of(topic(2)))));
    filters.add(all(Set.of(World.COUNTING), List.of()));
    filters.add(all(Set.of(), List.of(Set.of(topic(2)))));
    filters.add(all(Set.of(), List.of()));
    filters.add(new LogFilter(60, 70, Set.of(Token.ADDRESS), List.of()));
    int all = 0;
    for (LogFilter filter : filters) {
      List<String> expected = new ArrayList<>();
      for (long n = filter.fromBlock(); n <= Math.min(filter.toBlock(), blocks); n++) {
        expected.addAll(places(read(chain.block(n).orElseThrow(), filter)));
      }
      all += expected.size();
      assertEquals(expected, places(search(chain, filter)), filter.toString());
      assertEquals(expected, places(search(opened, filter)), "opened again");
    }
    assertEquals(3 * blocks + blocks / 2 + 11, all);
  }

  @Test
  void namesNoBlockOfASealThatHasNoSuchLog() {
    for (int nonce = 0; chain.latest().number() < SEALED; nonce++) {
      send(1, nonce, World.address(nonce == 70 ? 9 : 8));
    }
    world.awaitSealed(SEALED);
    StateStore store =
        new StateStore(
            World.LEDGER,
            world.blobs,
            world.store,
            new NodeCache(1 << 20, World.pageFiles()),
            Runnable::run);
    assertEquals(SEALED, store.open());

    LogFilter rare = all(Set.of(Token.ADDRESS), List.of(Set.of(), Set.of(), Set.of(topic(9))));
    assertEquals(OptionalLong.of(71), store.nextLogged(rare, 0, SEALED));
    assertEquals(OptionalLong.of(71), store.nextLogged(rare, 71, SEALED));
    assertEquals(OptionalLong.empty(), store.nextLogged(rare, 72, SEALED));
    assertEquals(
        OptionalLong.of(SEALED + 1), store.nextLogged(rare, 72, SEALED + 1), "nobody knows yet");

    LogFilter common = all(Set.of(), List.of(Set.of(), Set.of(), Set.of(topic(9), topic(8))));
    assertEquals(OptionalLong.of(1), store.nextLogged(common, 0, SEALED));
    assertEquals(OptionalLong.of(StateStore.SEAL_BLOCKS), store.nextLogged(common, 64, SEALED));
    LogFilter elsewhere = all(Set.of(), List.of(Set.of(), Set.of(topic(9))));
    assertEquals(OptionalLong.empty(), store.nextLogged(elsewhere, 0, SEALED));
  }

  private static List<FoundLog> search(LedgerChain in, LogFilter filter) {
    return in.logs(filter, LogCursor.START, 1_000).logs();
  }

  private static List<String> places(List<FoundLog> logs) {
    return logs.stream().map(log -> log.blockHash() + "/" + log.logIndex()).toList();
  }

  private static Hash topic(int key) {
    return Hash.of(World.address(key).word().bytes());
  }

  private static LogFilter all(Set<Address> addresses, List<Set<Hash>> topics) {
    return new LogFilter(0, Long.MAX_VALUE, addresses, topics);
  }

  /** The logs of one block, found without any index. */
  private static List<FoundLog> read(ChainBlock block, LogFilter filter) {
    LogSearch.Next itself =
        (any, from, to) ->
            from <= block.number() ? OptionalLong.of(block.number()) : OptionalLong.empty();
    return new LogSearch(filter, LogCursor.START, 1_000)
        .run(number -> Optional.of(block), itself, block.number())
        .logs();
  }

  private void send(int key, long nonce, Address to) {
    Transaction content =
        new Transaction.DynamicFee(
            World.CHAIN_ID,
            nonce,
            U256.ZERO,
            U256.ZERO,
            100_000,
            Token.ADDRESS,
            U256.ZERO,
            Token.transfer(to, 1),
            List.of());
    SignedTransaction signed = World.sign(content, key);
    assertEquals(new Submission.Accepted(signed.hash()), World.send(chain, signed));
  }
}
