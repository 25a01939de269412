package io.mooring.localstack;

/** The local stack cannot start, for a reason that its user can mend; the message is one line. */
final class StartRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartRefusedException(String line) {
    super(line);
  }

  StartRefusedException(String line, Throwable cause) {
    super(line, cause);
  }
}
