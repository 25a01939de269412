package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainState;
import io.mooring.contracts.chain.StateUnavailableException;
import io.mooring.evm.block.BlockHeader;
import java.util.Optional;

/** Finds the blocks of one chain that parameters name. */
record Blocks(Chain chain) {
  Optional<ChainBlock> find(BlockReference reference) {
    return switch (reference) {
      case BlockReference.Number(long number) ->
          Long.compareUnsigned(number, chain.latest().number()) > 0
              ? Optional.empty()
              : chain.block(number);
      case BlockReference.ByHash(var hash) -> chain.block(hash);
      case BlockReference.Tag(var name) ->
          switch (name) {
            case EARLIEST -> chain.block(0);
            // A block is durable, proven and final as soon as anybody can see it.
            case FINALIZED, SAFE, LATEST, PENDING -> Optional.of(chain.latest());
          };
    };
  }

  ChainBlock get(BlockReference reference) {
    return find(reference).orElseThrow(() -> RpcError.server("header not found").exception());
  }

  /** The state after a block, and the header that a call on it runs under. */
  record Standing(BlockHeader header, ChainState state) {}

  Standing standing(BlockReference reference) {
    ChainBlock block = get(reference);
    boolean pending =
        reference instanceof BlockReference.Tag(var name) && name == BlockReference.Name.PENDING;
    return new Standing(pending ? chain.next() : block.header(), state(block));
  }

  ChainState state(ChainBlock block) {
    try {
      return chain.state(block.number());
    } catch (StateUnavailableException unavailable) {
      throw RpcError.server(
              "missing trie node: the state of block " + block.number() + " is not available")
          .exception();
    }
  }
}
