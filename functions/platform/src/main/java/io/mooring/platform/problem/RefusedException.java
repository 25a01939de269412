package io.mooring.platform.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A refusal on its way to the edge, where it becomes {@code application/problem+json}. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;
  private final String fix;
  private final transient Map<String, JsonNode> told;

  public RefusedException(Refusal refusal, String detail) {
    this(refusal, detail, refusal.remedy());
  }

  /** Refuses with a fix that fits this very request, such as a value that would work. */
  public RefusedException(Refusal refusal, String detail, String fix) {
    this(refusal, detail, fix, Map.of());
  }

  /**
   * Refuses with members of its own beside the usual ones (RFC 9457 section 3.2), for clients that
   * want more than a sentence.
   */
  public RefusedException(Refusal refusal, String detail, String fix, Map<String, JsonNode> told) {
    super(detail, null, false, false);
    this.refusal = refusal;
    this.fix = fix;
    this.told = Map.copyOf(told);
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

  public Map<String, JsonNode> told() {
    return told;
  }
}
