package io.mooring.contracts.build;

import io.mooring.billing.Charge;
import io.mooring.contracts.ContractLimit;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.Place;
import io.mooring.evm.Hash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The last blocks of a chain, with their states, as this process knows them. Thread-safe. */
final class Tail {
  private final ConcurrentNavigableMap<Long, Head> heads = new ConcurrentSkipListMap<>();
  private final Map<Hash, Long> numbers = new ConcurrentHashMap<>();
  private final Map<Hash, Place> places = new ConcurrentHashMap<>();
  private final Map<Long, List<Charge>> charges = new ConcurrentHashMap<>();
  private volatile Head head;

  Tail(Head first) {
    this.head = first;
    add(first);
  }

  Head head() {
    return head;
  }

  Optional<Head> at(long number) {
    return Optional.ofNullable(heads.get(number));
  }

  Optional<Long> number(Hash block) {
    return Optional.ofNullable(numbers.get(block));
  }

  /** What committing a block was charged, if it was this process that did. */
  Optional<List<Charge>> charges(long block) {
    return Optional.ofNullable(charges.get(block));
  }

  /** To be told before the block itself, so that whoever is told of that finds it. */
  void charged(long block, List<Charge> what) {
    charges.put(block, List.copyOf(what));
  }

  Optional<Place> place(Hash transaction) {
    return Optional.ofNullable(places.get(transaction));
  }

  /** What is found here first must be there before anybody is told of the block. */
  void advance(Head next) {
    add(next);
    head = next;
    while (heads.size() > ContractLimit.STATE_HISTORY_BLOCKS.value() + 1) {
      forget(heads.pollFirstEntry().getValue().block());
    }
  }

  /** Its run is sealed by now, and knows where it stands. */
  private void forget(ChainBlock block) {
    numbers.remove(block.hash());
    charges.remove(block.number());
    block.transactionHashes().forEach(places::remove);
  }

  /** The blocks after {@code sealed} and up to the head. */
  List<ChainBlock> after(long sealed) {
    return heads.tailMap(sealed, false).values().stream().map(Head::block).toList();
  }

  private void add(Head next) {
    heads.put(next.number(), next);
    numbers.put(next.block().hash(), next.number());
    for (int i = 0; i < next.block().transactionHashes().size(); i++) {
      places.put(next.block().transactionHashes().get(i), new Place(next.number(), i));
    }
  }
}
