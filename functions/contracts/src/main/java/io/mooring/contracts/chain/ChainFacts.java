package io.mooring.contracts.chain;

import io.mooring.evm.U256;
import io.mooring.evm.transaction.TransactionRules;
import io.mooring.platform.LedgerId;
import java.time.Duration;

/**
 * What a chain is from its first block on, and never changes.
 *
 * @param chainId no other chain of the deployment has it
 * @param baseFee of every block; credits are the price, so it is zero unless somebody wants it
 * @param clock how long the chain may be idle before an empty block is cut; zero for ever
 */
public record ChainFacts(
    LedgerId ledger,
    long chainId,
    ForkSchedule forks,
    long gasLimit,
    U256 baseFee,
    Duration clock) {
  /** The chain's name among all chains (CAIP-2). */
  public String caip2() {
    return "eip155:" + Long.toUnsignedString(chainId);
  }

  public TransactionRules rules(long number, long timestamp) {
    return TransactionRules.of(forks.at(number, timestamp), chainId);
  }
}
