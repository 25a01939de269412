package io.mooring.platform.identity;

/** Turns the text of a credential into who calls; the edge asks nothing else about identity. */
public interface Credentials {
  /**
   * Returns the caller, or refuses. What is refused does not show whether a tenant or key exists.
   *
   * @throws io.mooring.platform.problem.RefusedException when the credential is not valid
   */
  Caller callerOf(String credential);
}
