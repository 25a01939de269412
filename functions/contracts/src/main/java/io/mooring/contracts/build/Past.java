package io.mooring.contracts.build;

import io.mooring.contracts.block.BlockRecord;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainState;
import io.mooring.contracts.state.StateStore;
import io.mooring.evm.Hash;
import io.mooring.evm.trie.StateTrie;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.TamperedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Blocks and states of a chain as its ledger has them, however old. Thread-safe. */
final class Past {
  /** How many old blocks, and how many old states, are remembered. */
  static final int REMEMBERED_MAX = 32;

  private final Works works;
  private final ChainGenesis genesis;
  private final StateStore states;
  private final Map<Long, ChainBlock> blocks = lru();
  private final Map<Long, ChainState> rebuilt = lru();

  Past(Works works, ChainGenesis genesis, StateStore states) {
    this.works = works;
    this.genesis = genesis;
    this.states = states;
    states.learn(0, genesis.changes().codes());
  }

  private static <V> Map<Long, V> lru() {
    return new LinkedHashMap<>(REMEMBERED_MAX, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
        return size() > REMEMBERED_MAX;
      }
    };
  }

  boolean isGenesis(Hash block) {
    return genesis.block().hash().equals(block);
  }

  Optional<ChainBlock> block(long number) {
    synchronized (blocks) {
      ChainBlock known = blocks.get(number);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<ChainBlock> read =
        number == 0
            ? Optional.of(genesis.block())
            : commit(number).flatMap(commit -> record(commit, number)).map(BlockRecord::block);
    synchronized (blocks) {
      read.ifPresent(block -> blocks.put(number, block));
    }
    return read;
  }

  /** The state after an old block: that of the seal before it, and what came between. */
  ChainState state(long number) {
    synchronized (rebuilt) {
      ChainState known = rebuilt.get(number);
      if (known != null) {
        return known;
      }
    }
    long seal = number / StateStore.SEAL_BLOCKS * StateStore.SEAL_BLOCKS;
    Head head = head(seal);
    StateTrie trie = head.frozen();
    for (long next = seal + 1; next <= number; next++) {
      Commit commit = required(next);
      BlockRecord record = record(commit, next).orElseThrow(() -> gone(number));
      trie.apply(record.changes());
      head = new Head(record.block(), trie, states, commit.number(), commit.head());
    }
    if (!trie.root().equals(head.block().header().stateRoot())) {
      throw new TamperedException("the state after block " + number + " has another root");
    }
    synchronized (rebuilt) {
      rebuilt.put(number, head);
    }
    return head;
  }

  /** The head that the chain had after a sealed block, or after its genesis. */
  Head head(long sealed) {
    Commit commit = required(sealed);
    if (sealed == 0) {
      StateTrie trie = StateTrie.empty(states);
      trie.apply(genesis.changes());
      trie.root();
      return new Head(genesis.block(), trie, states, commit.number(), commit.head());
    }
    ChainBlock block = record(commit, sealed).orElseThrow(() -> gone(sealed)).block();
    StateTrie trie = StateTrie.open(block.header().stateRoot(), states);
    return new Head(block, trie, states, commit.number(), commit.head());
  }

  private Commit required(long number) {
    return commit(number).orElseThrow(() -> gone(number));
  }

  private TamperedException gone(long number) {
    return new TamperedException("block %d of %s is gone".formatted(number, ledger().value()));
  }

  /** The genesis is in the first commit, and each commit after it carries one block. */
  private Optional<Commit> commit(long number) {
    Commits commits = works.commits();
    return commits
        .read(ledger(), number + ChainGenesis.COMMIT)
        .filter(found -> found.start() <= number && number < found.end())
        .or(() -> commits.holding(ledger(), number));
  }

  private Optional<BlockRecord> record(Commit commit, long number) {
    KeptEntry entry =
        works
            .commits()
            .body(ledger(), commit)
            .entries()
            .get(Math.toIntExact(number - commit.start()));
    return BlockRecord.of(entry);
  }

  private LedgerId ledger() {
    return genesis.facts().ledger();
  }
}
