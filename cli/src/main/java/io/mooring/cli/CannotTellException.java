package io.mooring.cli;

/** Why a command could not come to a conclusion, in words for its user: exit code 2. */
class CannotTellException extends RuntimeException {
  CannotTellException(String message) {
    super(message);
  }

  CannotTellException(String message, Throwable cause) {
    super(message, cause);
  }
}
