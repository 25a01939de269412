package io.mooring.billing;

/**
 * Why an operation on credits did nothing, in order of precedence: the first that applies is told.
 */
public enum Decline {
  /** The tenant's money is frozen until a person has looked at a mismatch. */
  FROZEN,
  /** The hold was captured, voided or has expired already. */
  HOLD_ENDED,
  /** The hold's time is over, though nobody has swept it yet. */
  HOLD_EXPIRED,
  /** More was to be captured than is held. */
  EXCEEDS_HOLD,
  /** More was to be taken back than that purchase was for. */
  EXCEEDS_PURCHASE,
  /** There would be more grants at once than {@link Funds#GRANTS_MAX}. */
  TOO_MANY_GRANTS,
  /** The balance would pass {@link Amount#UNITS_MAX}. */
  BALANCE_TOO_LARGE,
  /** It would pass what a cap allows in its period. */
  CAP_REACHED,
  /** What is available does not cover it. */
  INSUFFICIENT_CREDIT
}
