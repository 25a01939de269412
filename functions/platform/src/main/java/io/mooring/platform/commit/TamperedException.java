package io.mooring.platform.commit;

/** What is stored contradicts itself or what was published. The message is the evidence. */
public final class TamperedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TamperedException(String evidence) {
    super(evidence);
  }

  public TamperedException(String evidence, Throwable cause) {
    super(evidence, cause);
  }

  public String evidence() {
    return String.valueOf(getMessage());
  }
}
