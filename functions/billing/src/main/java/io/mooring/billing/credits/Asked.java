package io.mooring.billing.credits;

import io.mooring.platform.commit.Write;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Who asks for a change of credits, and what a repetition of it is told.
 *
 * @param submitter the key, member or operator, as the journal names it
 * @param repeated adds the idempotency key to the write, and the answer that the change has
 * @param again adds the idempotency key alone, to find out whether this is a repetition
 */
public record Asked<T>(
    String submitter, BiFunction<Write, T, Write> repeated, UnaryOperator<Write> again) {
  /** A change that is named for good by what it makes, so that it needs no key. */
  public static <T> Asked<T> by(String submitter) {
    return new Asked<>(submitter, (write, made) -> write, write -> write);
  }
}
