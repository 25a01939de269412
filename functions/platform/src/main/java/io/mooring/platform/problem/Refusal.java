package io.mooring.platform.problem;

/**
 * One reason to refuse a client. Each module has one enum of them, listed in
 * docs/reference/problems.md.
 */
public interface Refusal {
  /**
   * What a client is told of it, whatever the request was.
   *
   * @param code the stable PascalCase code that clients branch on
   * @param retryable whether the same request can succeed later without being changed
   * @param remedy what to do about it, in one sentence; empty where nothing helps
   */
  record Said(String code, int status, String title, boolean retryable, String remedy) {}

  Said said();

  default String code() {
    return said().code();
  }

  default int status() {
    return said().status();
  }

  default String title() {
    return said().title();
  }

  default boolean retryable() {
    return said().retryable();
  }

  default String remedy() {
    return said().remedy();
  }

  /**
   * The error code of OAuth 2.0 (RFC 6749 section 5.2) where the token route refuses; else empty.
   */
  default String oauthError() {
    return "";
  }
}
