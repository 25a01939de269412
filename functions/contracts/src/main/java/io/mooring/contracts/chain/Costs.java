package io.mooring.contracts.chain;

import io.mooring.billing.Charge;
import java.math.BigInteger;
import java.util.List;

/**
 * What one transaction cost: its part of what its block cost, by gas, to the unit. The parts of a
 * block's transactions add up to what was charged for the block.
 */
public final class Costs {
  private Costs() {}

  /** Nothing, where nothing was charged. */
  public static List<Charge> of(Chain chain, ChainBlock block, int index) {
    long used = block.header().gasUsed();
    long after = block.receipts().get(index).cumulativeGasUsed();
    long before = after - block.gasUsed(index);
    return chain.charges(block.number()).stream()
        .map(
            charge ->
                new Charge(
                    charge.meter(),
                    part(charge.quantity(), before, after, used),
                    part(charge.units(), before, after, used),
                    charge.priceVersion()))
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
