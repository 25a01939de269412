package io.mooring.tenants;

import io.mooring.platform.problem.Refusal;

/** The refusals of tenants and identity, in the order in which they are checked. */
public enum TenantsRefusal implements Refusal {
  UNSUPPORTED_GRANT_TYPE(
      "UnsupportedGrantType",
      400,
      "Only client credentials are exchanged for tokens",
      "Send grant_type=client_credentials.",
      "unsupported_grant_type"),
  TOKEN_REQUEST_INVALID(
      "TokenRequestInvalid",
      400,
      "The token request is not as OAuth 2.0 has it",
      "Send the parameters form-encoded and each of them once.",
      "invalid_request"),
  CLIENT_REFUSED(
      "ClientRefused",
      401,
      "The API key is not valid",
      "Send a whole, unexpired API key as client_secret, by form or by HTTP Basic.",
      "invalid_client"),
  TOKEN_SCOPE_REFUSED(
      "TokenScopeRefused",
      400,
      "The API key does not have a scope that is asked for",
      "Ask for scopes that the key has, or for none to get all of them.",
      "invalid_scope"),
  SIGN_UP_CLOSED(
      "SignUpClosed", 403, "Tenants are created by the operator here", "Ask the operator.", ""),
  SCOPE_UNKNOWN(
      "ScopeUnknown",
      400,
      "There is no such scope",
      "The scopes stand in docs/concepts/identity.md.",
      ""),
  SCOPE_BEYOND_OWN(
      "ScopeBeyondOwn",
      403,
      "Nobody can give what they do not have",
      "Use a credential that has every scope that is to be given.",
      ""),
  EXPIRY_INVALID(
      "ExpiryInvalid",
      400,
      "The expiry is not in the future, or too far in it",
      "Send a number of seconds within the bounds of GET /v1/limits.",
      ""),
  ROLE_UNKNOWN(
      "RoleUnknown",
      400,
      "There is no such role",
      "The roles are owner, admin, developer, auditor and billing.",
      ""),
  PLAN_UNKNOWN(
      "PlanUnknown",
      400,
      "There is no such plan",
      "The plans are developer, business and scale.",
      ""),
  ISSUER_REFUSED(
      "IssuerRefused",
      400,
      "This issuer cannot be trusted",
      "Send https URLs with a public host, without user and fragment.",
      "");

  private final Said said;
  private final String oauthError;

  TenantsRefusal(String code, int status, String title, String remedy, String oauthError) {
    this.said = new Said(code, status, title, false, remedy);
    this.oauthError = oauthError;
  }

  @Override
  public Said said() {
    return said;
  }

  @Override
  public String oauthError() {
    return oauthError;
  }
}
