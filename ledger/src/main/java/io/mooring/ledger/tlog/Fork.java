package io.mooring.ledger.tlog;

import io.mooring.ledger.Checkpoint;

/** Two checkpoints of one log and one size with different roots: proof that it told two stories. */
public record Fork(SignedCheckpoint one, SignedCheckpoint other) {
  /** Whether both are signed as {@code policy} asks, and contradict each other. */
  public boolean isProvenUnder(Policy policy) {
    Checkpoint first = one.checkpoint();
    Checkpoint second = other.checkpoint();
    return policy.check(one).verified()
        && policy.check(other).verified()
        && first.size() == second.size()
        && !first.head().root().equals(second.head().root());
  }
}
