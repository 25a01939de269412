package io.mooring.platform.commit;

import io.mooring.ledger.MalformedException;

/** What is stored was written by a newer version of the platform, which this one cannot read. */
public final class UnknownVersionException extends MalformedException {
  private static final long serialVersionUID = 1L;

  public UnknownVersionException(String message) {
    super(message);
  }
}
