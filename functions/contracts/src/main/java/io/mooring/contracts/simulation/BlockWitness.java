package io.mooring.contracts.simulation;

import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainState;
import io.mooring.evm.Evm;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.block.BlockReplay;
import io.mooring.evm.witness.Witness;
import io.mooring.evm.witness.WitnessRecorder;

/** Runs a committed block again and keeps all that it reads. */
public final class BlockWitness {
  private final Evm evm;

  public BlockWitness(Evm evm) {
    this.evm = evm;
  }

  /**
   * @param block any but the first
   * @param before the state after the block's parent
   */
  public Witness of(Chain chain, ChainBlock block, ChainState before, CallLimits limits) {
    WitnessRecorder recorder =
        new WitnessRecorder(
            before.trie(),
            before.source()::code,
            number -> header(chain, number),
            header(chain, block.number() - 1));
    new BlockReplay(evm, limits.bound(chain.rules(block.header())))
        .run(block.block(), recorder.hashes(), recorder.source(), recorder.trie());
    return recorder.witness();
  }

  private static BlockHeader header(Chain chain, long number) {
    return chain.block(number).orElseThrow().header();
  }
}
