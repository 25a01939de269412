package io.mooring.evm.block;

import io.mooring.evm.Fork;
import io.mooring.evm.U256;
import java.math.BigInteger;
import java.util.List;

/** What miners were paid for a block and its ommers, until Paris. */
public final class BlockReward {
  private static final BigInteger ETHER = BigInteger.TEN.pow(18);
  private static final BigInteger FRONTIER = ETHER.multiply(BigInteger.valueOf(5));
  private static final BigInteger BYZANTIUM = ETHER.multiply(BigInteger.valueOf(3));
  private static final BigInteger CONSTANTINOPLE = ETHER.multiply(BigInteger.TWO);
  private static final long OMMER_PARTS = 8;
  private static final BigInteger NEPHEW_PARTS = BigInteger.valueOf(32);

  private BlockReward() {}

  public static void pay(
      Fork fork, BlockHeader header, List<BlockHeader> ommers, BlockExecution run) {
    if (fork.includes(Fork.PARIS)) {
      return;
    }
    BigInteger reward = FRONTIER;
    if (fork.includes(Fork.CONSTANTINOPLE)) {
      reward = CONSTANTINOPLE;
    } else if (fork.includes(Fork.BYZANTIUM)) {
      reward = BYZANTIUM;
    }
    BigInteger nephews = reward.multiply(BigInteger.valueOf(ommers.size())).divide(NEPHEW_PARTS);
    run.reward(header.coinbase(), U256.of(reward.add(nephews)));
    for (BlockHeader ommer : ommers) {
      BigInteger parts = BigInteger.valueOf(OMMER_PARTS + ommer.number() - header.number());
      run.reward(
          ommer.coinbase(),
          U256.of(reward.multiply(parts).divide(BigInteger.valueOf(OMMER_PARTS))));
    }
  }
}
