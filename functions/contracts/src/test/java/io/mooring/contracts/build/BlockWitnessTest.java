package io.mooring.contracts.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.Submission;
import io.mooring.contracts.rpc.RpcLimit;
import io.mooring.contracts.simulation.BlockWitness;
import io.mooring.contracts.simulation.CallLimits;
import io.mooring.contracts.state.StateStore;
import io.mooring.evm.Address;
import io.mooring.evm.U256;
import io.mooring.evm.block.BlockReplay;
import io.mooring.evm.interpreter.Interpreter;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.witness.Witness;
import io.mooring.evm.witness.WitnessReplay;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A committed block runs again on its witness alone, whether its state is sealed or in memory. */
class BlockWitnessTest {
  private static final CallLimits LIMITS =
      new CallLimits(
          RpcLimit.RPC_CALL_GAS_MAX.value(),
          RpcLimit.RPC_TRACE_MILLIS_MAX.value(),
          RpcLimit.RPC_CALL_HEAP_BYTES_MAX.value());

  private final World world = new World();
  private final LedgerChain chain = world.process();

  @Test
  void showsEveryBlockToWhoeverHasNothingElse() {
    int holders = 30;
    for (int key = 1; key <= holders; key++) {
      // All that each has, so that its slot is gone and the trie shrinks.
      send(key, 0, Token.transfer(World.address(50), Token.SUPPLY_OF_EACH));
    }
    for (int nonce = 0; chain.latest().number() < StateStore.SEAL_BLOCKS + 3; nonce++) {
      send(40, nonce, Token.transfer(World.address(1 + nonce % holders), 1));
    }

    for (long number = 1; number <= chain.latest().number(); number++) {
      ChainBlock block = chain.block(number).orElseThrow();
      Witness witness =
          new BlockWitness(new Interpreter()).of(chain, block, chain.state(number - 1), LIMITS);
      WitnessReplay replay =
          new WitnessReplay(new BlockReplay(new Interpreter(), chain.rules(block.header())));

      assertEquals(new WitnessReplay.Verdict.Holds(), replay.verify(block.block(), witness));
      List<byte[]> less = witness.state().subList(1, witness.state().size());
      assertInstanceOf(
          WitnessReplay.Verdict.Fails.class,
          replay.verify(block.block(), new Witness(less, witness.codes(), witness.headers())));
    }
    assertTrue(chain.latest().number() > StateStore.SEAL_BLOCKS);
  }

  private void send(int key, long nonce, byte[] data) {
    Address to = Token.ADDRESS;
    Transaction content =
        new Transaction.DynamicFee(
            World.CHAIN_ID, nonce, U256.ZERO, U256.ZERO, 100_000, to, U256.ZERO, data, List.of());
    SignedTransaction signed = World.sign(content, key);
    assertEquals(new Submission.Accepted(signed.hash()), World.send(chain, signed));
  }
}
