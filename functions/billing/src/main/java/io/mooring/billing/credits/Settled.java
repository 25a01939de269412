package io.mooring.billing.credits;

import io.mooring.billing.Decline;
import io.mooring.billing.Posting;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Receipt;
import java.util.List;

/**
 * How a change of credits ended.
 *
 * @param <T> what it made or changed
 */
public sealed interface Settled<T> {
  /** It is in the journal. */
  record Done<T>(T made, List<Posting> postings, Receipt receipt) implements Settled<T> {}

  /** The arithmetic does not allow it; nothing happened. */
  record Declined<T>(Decline reason, long missing) implements Settled<T> {}

  /** It was committed before, is not known to be committed, or names what is there already. */
  record Unchanged<T>(Outcome outcome) implements Settled<T> {}
}
