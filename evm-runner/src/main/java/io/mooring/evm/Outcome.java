package io.mooring.evm;

import java.util.List;

/**
 * How a message ended.
 *
 * <p>The state changes of a success stay in the journal of the state it ran on, for the fees and
 * the end of the transaction come on top; {@code WorldState.changes()} then gives them all.
 *
 * @param refund the refund counter as it stands, before any cap
 * @param output what was returned or reverted with; the code of a created contract; not copied
 * @param created the contracts this message made, in order, those that were unmade left out
 */
public record Outcome(
    Status status,
    Halt halt,
    long gasUsed,
    long gasLeft,
    long refund,
    byte[] output,
    List<Log> logs,
    List<Address> created) {

  /** The four ways to end. */
  public enum Status {
    SUCCESS,
    /** The code took it all back and left the rest of the gas. */
    REVERTED,
    /** An exceptional halt: all gas is gone, see {@link Outcome#halt}. */
    HALTED,
    /** Our fault: nothing may be charged and nothing is changed. */
    INTERRUPTED
  }

  public Outcome {
    logs = List.copyOf(logs);
    created = List.copyOf(created);
  }

  public boolean isSuccess() {
    return status == Status.SUCCESS;
  }
}
