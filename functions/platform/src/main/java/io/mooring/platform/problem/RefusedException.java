package io.mooring.platform.problem;

/** A refusal on its way to the edge, where it becomes {@code application/problem+json}. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;
  private final String fix;

  public RefusedException(Refusal refusal, String detail) {
    this(refusal, detail, refusal.remedy());
  }

  /** Refuses with a fix that fits this very request, such as a value that would work. */
  public RefusedException(Refusal refusal, String detail, String fix) {
    super(detail, null, false, false);
    this.refusal = refusal;
    this.fix = fix;
  }

  public Refusal refusal() {
    return refusal;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public String fix() {
    return fix;
  }
}
