package io.mooring.evm.conformance;

import io.mooring.evm.Hash;
import io.mooring.evm.transaction.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * How one case of a test went.
 *
 * @param stateRoot the root that we came to; none where nothing was run
 * @param refusal why the transaction was refused, if it was
 * @param error what is wrong, or why the case was skipped; empty where it passed
 */
public record CaseResult(
    String name,
    String fork,
    Verdict verdict,
    @Nullable Hash stateRoot,
    @Nullable Refusal refusal,
    String error) {
  /** What is to be said of a case. */
  public enum Verdict {
    PASSED,
    FAILED,
    /** It is of no kind that we run, which {@link CaseResult#error} says. */
    SKIPPED
  }

  public static CaseResult skipped(String name, String fork, String reason) {
    return new CaseResult(name, fork, Verdict.SKIPPED, null, null, reason);
  }

  public static CaseResult failed(String name, String fork, String error) {
    return new CaseResult(name, fork, Verdict.FAILED, null, null, error);
  }
}
