package io.mooring.contracts.rest;

import io.mooring.billing.Charge;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.Attempt;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Cost;
import java.math.BigInteger;
import java.util.List;

/**
 * What one transaction cost: its part of what its block cost, by gas, to the unit. The parts of a
 * block's transactions add up to what was charged for the block.
 */
public final class Costs {
  private final Commits commits;

  public Costs(Commits commits) {
    this.commits = commits;
  }

  /** Nothing, where nothing was charged. */
  List<Charge> of(LedgerId ledger, ChainBlock block, int index) {
    Commit commit =
        commits
            .holding(ledger, block.number())
            .orElseThrow(() -> new IllegalStateException("block " + block.number() + " is gone"));
    long used = block.header().gasUsed();
    long after = block.receipts().get(index).cumulativeGasUsed();
    long before = after - block.gasUsed(index);
    return commits.manifest(ledger, commit).attempts().stream()
        .map(Attempt::cost)
        .map(Cost::parts)
        .flatMap(List::stream)
        .map(
            part ->
                new Charge(
                    part.meter(),
                    part(part.quantity(), before, after, used),
                    part(part.units(), before, after, used),
                    commit.bill().prices()))
        .toList();
  }

  static long part(long whole, long before, long after, long used) {
    return upTo(whole, after, used) - upTo(whole, before, used);
  }

  private static long upTo(long whole, long gas, long used) {
    return BigInteger.valueOf(whole)
        .multiply(BigInteger.valueOf(gas))
        .divide(BigInteger.valueOf(used))
        .longValueExact();
  }
}
