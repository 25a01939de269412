package io.mooring.evm.witness;

import io.mooring.evm.BlockContext.BlockHashes;
import io.mooring.evm.Hash;
import io.mooring.evm.block.Block;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.block.BlockReplay;
import io.mooring.evm.block.InvalidBlock;
import io.mooring.evm.rlp.MalformedRlp;
import io.mooring.evm.state.Code;
import io.mooring.evm.trie.InMemoryNodeStore;
import io.mooring.evm.trie.MissingNode;
import io.mooring.evm.trie.StateTrie;
import io.mooring.evm.trie.TrieState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a block again with nothing but a witness, for somebody who trusts only the block's hash.
 *
 * <p>Whatever is in the witness counts by its hash, so one that lies is one that lacks something.
 */
public final class WitnessReplay {
  private final BlockReplay replay;

  /** What a witness shows of a block. */
  public sealed interface Verdict {
    /** The block is what its transactions make of its parent's state. */
    record Holds() implements Verdict {}

    /** The witness shows nothing; {@code reason} names what failed first. */
    record Fails(String reason) implements Verdict {}
  }

  public WitnessReplay(BlockReplay replay) {
    this.replay = replay;
  }

  public Verdict verify(Block block, Witness witness) {
    try {
      List<BlockHeader> ancestors = ancestors(block, witness);
      InMemoryNodeStore nodes = new InMemoryNodeStore();
      witness.state().forEach(node -> nodes.save(Hash.keccak(node), node));
      Map<Hash, Code> codes = new HashMap<>();
      witness.codes().forEach(code -> codes.put(Hash.keccak(code), Code.of(code)));

      StateTrie trie = StateTrie.open(ancestors.getFirst().stateRoot(), nodes);
      TrieState source = new TrieState(trie, hash -> find(codes, hash));
      replay.run(block, hashes(ancestors), source, trie);
      return new Verdict.Holds();
    } catch (MissingNode | MissingPart | InvalidBlock | MalformedRlp reason) {
      return new Verdict.Fails(String.valueOf(reason.getMessage()));
    }
  }

  /** The headers before the block, each of them named by the one after it. */
  private static List<BlockHeader> ancestors(Block block, Witness witness) {
    List<BlockHeader> ancestors = new ArrayList<>();
    Hash wanted = block.header().parentHash();
    for (byte[] encoded : witness.headers()) {
      BlockHeader header = BlockHeader.decode(encoded);
      if (!header.hash().equals(wanted)) {
        throw new MissingPart("the header " + wanted);
      }
      ancestors.add(header);
      wanted = header.parentHash();
    }
    if (ancestors.isEmpty()) {
      throw new MissingPart("the header " + wanted);
    }
    return ancestors;
  }

  private static BlockHashes hashes(List<BlockHeader> ancestors) {
    BlockHeader parent = ancestors.getFirst();
    return number -> {
      if (number == parent.number()) {
        return parent.hash();
      }
      long after = parent.number() - number - 1;
      if (after < 0 || after >= ancestors.size()) {
        throw new MissingPart("the header of block " + (number + 1));
      }
      return ancestors.get((int) after).parentHash();
    };
  }

  private static Code find(Map<Hash, Code> codes, Hash hash) {
    Code code = codes.get(hash);
    if (code == null) {
      throw new MissingPart("the code " + hash);
    }
    return code;
  }

  private static final class MissingPart extends IllegalStateException {
    MissingPart(String part) {
      super("the witness lacks " + part);
    }
  }
}
