package io.mooring.bench.fuzz;

import io.mooring.evm.Evm;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.block.Receipt;
import io.mooring.evm.conformance.AllocJson;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.WorldState;
import io.mooring.evm.transaction.BlockSpace;
import io.mooring.evm.transaction.TransactionProcessor;
import io.mooring.evm.transaction.TransactionResult;
import io.mooring.evm.trie.NodeStore;
import io.mooring.evm.trie.StateTrie;
import java.util.List;

/** Runs cases on our engine. */
final class CaseRunner {
  private final TransactionProcessor processor;

  CaseRunner(Evm evm) {
    this.processor = new TransactionProcessor(evm);
  }

  /**
   * What a case came to.
   *
   * @param gasUsed zero where the transaction was refused
   */
  record Result(boolean refused, Hash stateRoot, Hash logsHash, long gasUsed, byte[] output) {}

  Result run(FuzzCase fuzz) {
    WorldState state = new WorldState(fuzz.before());
    BlockSpace space = new BlockSpace(fuzz.block().gasLimit(), fuzz.rules().blobs().blobGasMax());
    TransactionResult result =
        processor.process(
            fuzz.transaction(), fuzz.sender(), fuzz.rules(), fuzz.block(), space, state);
    return switch (result) {
      case TransactionResult.Executed executed ->
          new Result(
              false,
              root(fuzz, state.changes()),
              Receipt.logsHash(executed.logs()),
              executed.gasUsed(),
              executed.outcome().output());
      case TransactionResult.Refused refused ->
          new Result(
              true,
              root(fuzz, StateChanges.NONE),
              Receipt.logsHash(List.<Log>of()),
              0,
              new byte[0]);
      case TransactionResult.Interrupted interrupted ->
          throw new IllegalStateException(fuzz.name() + " was interrupted: " + interrupted.halt());
    };
  }

  private static Hash root(FuzzCase fuzz, StateChanges changes) {
    StateTrie trie = AllocJson.trie(fuzz.before(), NodeStore.NONE);
    trie.apply(changes);
    return trie.root();
  }
}
