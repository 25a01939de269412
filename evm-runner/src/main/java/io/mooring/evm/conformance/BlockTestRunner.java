package io.mooring.evm.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Evm;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.block.Block;
import io.mooring.evm.block.BlockReplay;
import io.mooring.evm.block.HeaderRules;
import io.mooring.evm.conformance.CaseResult.Verdict;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.trie.NodeStore;
import io.mooring.evm.trie.StateTrie;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Runs Ethereum's blockchain tests, of one fork or across two: chains of blocks from a genesis,
 * some of them invalid. May be shared by threads.
 */
public final class BlockTestRunner {
  private final Evm evm;

  public BlockTestRunner(Evm evm) {
    this.evm = evm;
  }

  public List<CaseResult> run(String file, JsonNode tests, Predicate<String> wanted) {
    List<CaseResult> results = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : tests.properties()) {
      JsonNode test = entry.getValue();
      String name = entry.getKey();
      String forkName = test.path("network").asText();
      if (!test.path("blocks").isArray() || !test.has("genesisBlockHeader")) {
        results.add(CaseResult.skipped(file + ":" + name, "", "not a blockchain test"));
      } else if (wanted.test(forkName)) {
        results.add(run(name, forkName, test));
      }
    }
    return results;
  }

  private CaseResult run(String name, String forkName, JsonNode test) {
    Optional<Network> network = Network.find(forkName, test.path("config"));
    if (network.isEmpty()) {
      return CaseResult.skipped(name, forkName, "not a network that we have: " + forkName);
    }
    try {
      Chain chain = new Chain(test, network.get());
      for (JsonNode block : test.get("blocks")) {
        String error = chain.add(block);
        if (!error.isEmpty()) {
          return CaseResult.failed(name, forkName, error);
        }
      }
      return chain.judge(name, forkName);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError fault) {
      return CaseResult.failed(name, forkName, "fault: " + fault);
    }
  }

  /** Every valid block seen so far, with the state after it; the heaviest chain is the chain. */
  private final class Chain {
    private record Tip(
        Block block, MemoryState state, StateTrie trie, BigInteger totalDifficulty) {}

    private final JsonNode test;
    private final Network network;
    private final Map<Hash, Tip> tips = new HashMap<>();
    private Tip head;

    Chain(JsonNode test, Network network) {
      this.test = test;
      this.network = network;
      Block genesis = Block.decode(JsonHex.bytes(test.get("genesisRLP")));
      MemoryState state = AllocJson.read(test.get("pre"));
      StateTrie trie = AllocJson.trie(state, NodeStore.NONE);
      if (!trie.root().equals(genesis.header().stateRoot())) {
        throw new IllegalArgumentException("the genesis has another root than the state before");
      }
      head = new Tip(genesis, state, trie, genesis.header().difficulty().toBigInteger());
      tips.put(genesis.header().hash(), head);
    }

    /** What is wrong with how the block was taken; empty if nothing. */
    String add(JsonNode json) {
      boolean invalid = json.has("expectException") || !json.has("blockHeader");
      try {
        Tip tip = run(Block.decode(JsonHex.bytes(json.get("rlp"))));
        tips.put(tip.block.header().hash(), tip);
        boolean heavier =
            network.rules(tip.block.header()).fork().includes(Fork.PARIS)
                || tip.totalDifficulty.compareTo(head.totalDifficulty) > 0;
        head = heavier ? tip : head;
        return invalid ? "a block was taken, not refused: " + json.path("expectException") : "";
      } catch (IllegalArgumentException refused) {
        return invalid ? "" : "a block was refused: " + refused.getMessage();
      }
    }

    private Tip run(Block block) {
      Tip parent = tips.get(block.header().parentHash());
      if (parent == null) {
        throw new IllegalArgumentException("the block's parent is not known");
      }
      new HeaderRules(network::rules).check(block, parent.block, this::find);
      StateChanges changes =
          new BlockReplay(evm, network.rules(block.header()))
              .run(block, number -> ancestor(parent, number), parent.state, parent.trie)
              .changes();
      MemoryState state = parent.state.copy();
      state.apply(changes);
      StateTrie trie = parent.trie.copy();
      trie.apply(changes);
      return new Tip(
          block,
          state,
          trie,
          parent.totalDifficulty.add(block.header().difficulty().toBigInteger()));
    }

    private Optional<Block> find(Hash hash) {
      return Optional.ofNullable(tips.get(hash)).map(Tip::block);
    }

    private Hash ancestor(Tip tip, long number) {
      Optional<Block> block = Optional.of(tip.block);
      while (block.isPresent() && block.get().header().number() > number) {
        block = find(block.get().header().parentHash());
      }
      return block.map(found -> found.header().hash()).orElse(Hash.ZERO);
    }

    CaseResult judge(String name, String forkName) {
      Hash wanted = JsonHex.hash(test.get("lastblockhash"));
      Hash last = head.block.header().hash();
      String error = last.equals(wanted) ? "" : "the last block is " + last + ", not " + wanted;
      if (error.isEmpty() && test.path("postState").isObject()) {
        error = AllocJson.difference(AllocJson.read(test.get("postState")), head.state);
      }
      return new CaseResult(
          name,
          forkName,
          error.isEmpty() ? Verdict.PASSED : Verdict.FAILED,
          head.trie.root(),
          null,
          error);
    }
  }
}
