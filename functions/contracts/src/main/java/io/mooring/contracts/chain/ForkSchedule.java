package io.mooring.contracts.chain;

import io.mooring.evm.Fork;
import java.util.List;

/** Which fork's rules hold in which block. */
public record ForkSchedule(List<Activation> activations) {
  /** From this block's number and time on, both, the fork's rules hold. */
  public record Activation(Fork fork, long number, long timestamp) {}

  public ForkSchedule {
    activations = List.copyOf(activations);
    if (activations.isEmpty()
        || activations.getFirst().number() != 0
        || activations.getFirst().timestamp() != 0) {
      throw new IllegalArgumentException("the first fork holds from the genesis block on");
    }
    for (int i = 1; i < activations.size(); i++) {
      if (activations.get(i).fork().compareTo(activations.get(i - 1).fork()) <= 0) {
        throw new IllegalArgumentException("forks follow each other in their own order");
      }
    }
  }

  /** One fork from the first block on. */
  public static ForkSchedule always(Fork fork) {
    return new ForkSchedule(List.of(new Activation(fork, 0, 0)));
  }

  public Fork at(long number, long timestamp) {
    Fork found = activations.getFirst().fork();
    for (Activation activation : activations) {
      boolean reached =
          Long.compareUnsigned(number, activation.number()) >= 0
              && Long.compareUnsigned(timestamp, activation.timestamp()) >= 0;
      found = reached ? activation.fork() : found;
    }
    return found;
  }
}
