package io.mooring.platform.blob;

/** The blob store did not give a usable answer; whether it did what was asked is not known. */
public final class BlobsUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BlobsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  public BlobsUnavailableException(String message) {
    super(message);
  }
}
