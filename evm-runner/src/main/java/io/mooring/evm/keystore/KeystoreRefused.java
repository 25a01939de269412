package io.mooring.evm.keystore;

/** A keystore that was not opened; {@link #reason} is the first check that failed. */
public final class KeystoreRefused extends IllegalArgumentException {
  private final Reason reason;

  /** Why a keystore is not opened. */
  public enum Reason {
    /** Not JSON, or fields missing, or of the wrong form. */
    MALFORMED,
    /** Another version, cipher or key derivation than version 3 names. */
    UNSUPPORTED,
    /** Its key derivation asks for more work or memory than we give. */
    TOO_COSTLY,
    WRONG_PASSWORD
  }

  KeystoreRefused(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
