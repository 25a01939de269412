package io.mooring.platform.commit;

import io.mooring.billing.Asset;
import io.mooring.billing.Decline;
import io.mooring.ledger.Head;
import io.mooring.platform.table.Item;
import java.time.Duration;

/** How a commit ended. Whatever is not {@link Won} or {@link Pending} changed nothing. */
public sealed interface Outcome {
  /** The write is in the ledger. */
  record Won(Receipt receipt) implements Outcome {}

  /** The same request was committed before; this is its receipt, and the answer it had kept. */
  record Replayed(Receipt receipt, byte[] answer) implements Outcome {}

  /** The idempotency key was used before with another body (422). */
  record KeyReused() implements Outcome {}

  /** The same request is being committed right now (409). */
  record InFlight() implements Outcome {}

  /** The condition of an effect did not hold; {@code now} is the item as it is (409 or 412). */
  record EffectRefused(Effect effect, Item now) implements Outcome {}

  /** The ledger was closed and takes no more entries (409). */
  record LedgerClosed() implements Outcome {}

  /** The write was to follow another head than {@code now}, the ledger's last (412). */
  record HeadMoved(Head now) implements Outcome {}

  /**
   * What the write uses cannot be paid for (402): the tenant's credit does not cover it, or a cap,
   * or its credit is frozen.
   */
  record InsufficientCredit(Decline reason, Asset asset, long missing) implements Outcome {}

  /** Nothing was written; the same request may be tried again after a while (503). */
  record Busy(Duration retryAfter, String reason) implements Outcome {}

  /**
   * Not known yet: the deadline came first. The write may still land, once, in a commit above
   * {@code after}; asking for the attempt, or repeating the request with its idempotency key, tells
   * (202).
   */
  record Pending(AttemptId attempt, long after) implements Outcome {}

  /**
   * The store holds less than was published, or something else: nothing is written until a person
   * has looked (503, not retryable). {@code evidence} says what differs and where.
   */
  record Tampered(String evidence) implements Outcome {}
}
