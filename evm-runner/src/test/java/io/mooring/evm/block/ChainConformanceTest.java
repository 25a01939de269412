package io.mooring.evm.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.evm.Fixtures;
import io.mooring.evm.Hash;
import io.mooring.evm.rlp.RlpInput;
import org.junit.jupiter.api.Test;

/** The chain of ethereum/execution-apis: real blocks of every fork, each naming the one before. */
class ChainConformanceTest {
  @Test
  void readsEveryBlockOfTheChainAndFindsItsHashInTheNext() {
    byte[] chain = Fixtures.bytes("rpc", "execution-apis/chain.rlp");
    RlpInput input = RlpInput.of(chain);
    Hash parent = Hash.ZERO;
    int blocks = 0;
    int transactions = 0;
    while (input.hasNext()) {
      byte[] encoded = input.encoded();
      Block block = Block.decode(encoded);
      BlockHeader header = block.header();
      assertArrayEquals(encoded, block.encode(), "block " + header.number());
      assertTrue(blocks == 0 || header.parentHash().equals(parent), "block " + header.number());
      assertEquals(header.transactionsRoot(), IndexedRoot.ofTransactions(block.transactions()));
      if (header.format().ordinal() >= BlockHeader.Format.SHANGHAI.ordinal()) {
        assertEquals(header.withdrawalsRoot(), IndexedRoot.ofWithdrawals(block.withdrawals()));
      }
      parent = header.hash();
      blocks++;
      transactions += block.transactions().size();
    }
    System.out.println("chain.rlp: " + blocks + " blocks, " + transactions + " transactions");
    assertTrue(transactions > 0);
  }
}
