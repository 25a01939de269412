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

  /**
   * The error code of OAuth 2.0 (RFC 6749 section 5.2) where the token route refuses; else empty.
   */
  default String oauthError() {
    return "";
  }
}
