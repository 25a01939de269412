package io.mooring.contracts.rpc;

import io.mooring.billing.Charge;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.Costs;
import io.mooring.evm.Hash;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the requests of one body were charged for their transactions, together. Thread-safe. */
public final class Spent {
  /** Where no answer has a place for it. */
  static final Spent UNTOLD = new Spent(false);

  private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final boolean told;

  public Spent() {
    this(true);
  }

  private Spent(boolean told) {
    this.told = told;
  }

  /** A transaction that was taken, now or, where it is sent again, before. */
  private record Sent(Chain chain, Hash hash, boolean again) {
    List<Charge> charges() {
      return chain.place(hash).stream()
          .flatMap(
              place ->
                  Costs.of(chain, chain.block(place.block()).orElseThrow(), place.index()).stream())
          .map(charge -> again ? new Charge(charge.meter(), 0, 0, charge.priceVersion()) : charge)
          .toList();
    }
  }

  void add(Chain chain, Hash hash, boolean again) {
    if (told) {
      sent.add(new Sent(chain, hash, again));
    }
  }

  /** Of those that stand in a block: what waits has cost nothing yet. A repetition costs zero. */
  public List<Charge> charges() {
    return sent.stream().flatMap(one -> one.charges().stream()).toList();
  }
}
