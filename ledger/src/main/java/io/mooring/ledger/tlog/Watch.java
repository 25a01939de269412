package io.mooring.ledger.tlog;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.ConsistencyProof;
import io.mooring.ledger.Verdict;

/**
 * What a reader remembers of a log so that it cannot be shown a shorter or another one later: the
 * largest checkpoint it has believed, under a policy that names the log.
 */
public record Watch(Policy policy, Checkpoint last) {
  /** Whether {@code next} may follow; when it does, it is what to remember from then on. */
  public Verdict check(SignedCheckpoint next, ConsistencyProof proof) {
    Verdict signed = policy.check(next);
    return signed.verified() ? proof.check(last.head(), next.checkpoint().head()) : signed;
  }
}
