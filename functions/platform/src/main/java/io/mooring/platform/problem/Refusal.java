package io.mooring.platform.problem;

/**
 * One reason to refuse a client. Each module has one enum of them, listed in
 * docs/reference/problems.md.
 */
public interface Refusal {
  /** The stable PascalCase code that clients branch on. */
  String code();

  int status();

  String title();

  /** Whether the same request can succeed later without being changed. */
  boolean retryable();

  /** What to do about it, in one sentence; empty where nothing helps. */
  String remedy();
}
