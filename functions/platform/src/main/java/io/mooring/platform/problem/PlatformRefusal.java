package io.mooring.platform.problem;

import io.mooring.billing.Decline;

/** The refusals that every route can give, in the order in which they are checked. */
public enum PlatformRefusal implements Refusal {
  REQUEST_MALFORMED(
      "RequestMalformed",
      400,
      "The request is not HTTP",
      false,
      "Send a request line and headers as RFC 9112 has them."),
  HEADERS_TOO_LARGE(
      "HeadersTooLarge",
      431,
      "The headers are too large",
      false,
      "Stay under headerBytesMax of GET /v1/limits."),
  NO_SUCH_ROUTE(
      "NoSuchRoute",
      404,
      "There is no such route",
      false,
      "The routes stand in the OpenAPI document."),
  METHOD_NOT_ALLOWED(
      "MethodNotAllowed",
      405,
      "This route does not take that method",
      false,
      "Use a method that the OpenAPI document has for this path."),
  NOT_ACCEPTABLE(
      "NotAcceptable",
      406,
      "This route has no answer of an accepted type",
      false,
      "Accept application/json."),
  UNSUPPORTED_MEDIA_TYPE(
      "UnsupportedMediaType",
      415,
      "This route does not read that content type",
      false,
      "Send the content type that the OpenAPI document names."),
  CREDENTIAL_MISSING(
      "CredentialMissing",
      401,
      "This route needs a credential",
      false,
      "Send Authorization: Bearer with an API key or a token of POST /v1/token."),
  CREDENTIAL_REFUSED(
      "CredentialRefused",
      401,
      "The credential is not valid",
      false,
      "Take a new token, or check that the key is whole, unexpired and not revoked."),
  TENANT_SUSPENDED(
      "TenantSuspended",
      403,
      "The tenant is suspended",
      false,
      "Ask the operator to reactivate it."),
  RATE_EXCEEDED(
      "RateExceeded",
      429,
      "The tenant sends more requests than its plan has",
      true,
      "Wait for the seconds in Retry-After, or take a larger plan."),
  NOT_FOUND("NotFound", 404, "There is no such thing", false, ""),
  BODY_TOO_LARGE(
      "BodyTooLarge",
      413,
      "The body is too large",
      false,
      "Stay under bodyBytesMax of GET /v1/limits."),
  JSON_MALFORMED(
      "JsonMalformed",
      400,
      "The body is not strict JSON",
      false,
      "Send UTF-8 JSON with unique members, whole surrogates, and integers beyond 2^53 as"
          + " strings."),
  BODY_INVALID(
      "BodyInvalid",
      400,
      "The body is not what this route takes",
      false,
      "Send the members that the OpenAPI document names, and no others."),
  PARAMETER_INVALID(
      "ParameterInvalid",
      400,
      "A parameter is not what this route takes",
      false,
      "Send the parameters as the OpenAPI document names them."),
  SCOPE_MISSING(
      "ScopeMissing",
      403,
      "The credential lacks the scope for this",
      false,
      "Use a key or a role that has the scope."),
  CURSOR_INVALID(
      "CursorInvalid",
      400,
      "The page token was not given out for this list",
      false,
      "Start again without pageToken."),
  IDEMPOTENCY_KEY_MISSING(
      "IdempotencyKeyMissing",
      400,
      "This route needs an Idempotency-Key",
      false,
      "Send a new random Idempotency-Key with each new request, the same one with its retries."),
  IDEMPOTENCY_KEY_INVALID(
      "IdempotencyKeyInvalid",
      400,
      "The Idempotency-Key is not usable",
      false,
      "Send 8 to 255 visible ASCII characters, such as a random UUID."),
  IDEMPOTENCY_KEY_REUSED(
      "IdempotencyKeyReused",
      422,
      "The Idempotency-Key was used for another request",
      false,
      "Use a new key for a new request."),
  IDEMPOTENCY_KEY_RUNNING(
      "IdempotencyKeyRunning",
      409,
      "The first request with this Idempotency-Key is still running",
      true,
      "Retry with the same key after Retry-After."),
  LEDGER_CLOSED("LedgerClosed", 409, "The ledger is closed", false, ""),
  LEDGER_HEAD_MOVED(
      "LedgerHeadMoved",
      412,
      "The ledger has another head than the one that was asked for",
      false,
      "Read what was appended since, and ask for the head that it led to if the write still makes"
          + " sense."),
  CREDIT_FROZEN(
      "CreditFrozen",
      409,
      "The tenant's credit is frozen until a person has looked",
      false,
      "Ask the operator: the credits that are stored are not what their postings add up to."),
  CAP_REACHED(
      "CapReached",
      402,
      "A spending cap of the tenant does not allow this",
      false,
      "Raise or remove the cap (GET /v1/credits/caps), or wait until its period is over."),
  INSUFFICIENT_CREDIT(
      "InsufficientCredit",
      402,
      "The tenant's credit does not cover this",
      false,
      "Buy credits, or ask for less."),
  ALREADY_THERE("AlreadyThere", 409, "There is such a thing already", false, ""),
  PRECONDITION_FAILED(
      "PreconditionFailed",
      412,
      "The thing has changed since it was read",
      false,
      "Read it again and send the new ETag in If-Match."),
  CHANGED_MEANWHILE(
      "ChangedMeanwhile",
      409,
      "Another request changed the thing at the same time",
      true,
      "Read it again, and retry if the change still makes sense."),
  LEDGER_FROZEN(
      "LedgerFrozen",
      503,
      "The ledger takes no writes until a person has looked",
      false,
      "Tell the operator: what is stored differs from what was published."),
  VERSION_UNKNOWN(
      "VersionUnknown",
      503,
      "What is stored was written by a newer version of the platform",
      true,
      "Retry: this process is being replaced. If it stays, tell the operator."),
  REGION_READS_ONLY(
      "RegionReadsOnly",
      421,
      "This region only reads",
      false,
      "Send what changes something to the home region that the detail names."),
  OVERLOADED(
      "Overloaded", 503, "The platform has no room for this now", true, "Retry after Retry-After."),
  OUTCOME_UNKNOWN(
      "OutcomeUnknown",
      503,
      "The write may or may not have happened",
      true,
      "Retry with the same Idempotency-Key: it happens once."),
  INTERNAL(
      "Internal",
      500,
      "The platform failed",
      true,
      "Retry; if it stays, tell the operator the request id.");

  private final Said said;

  PlatformRefusal(String code, int status, String title, boolean retryable, String remedy) {
    this.said = new Said(code, status, title, retryable, remedy);
  }

  @Override
  public Said said() {
    return said;
  }

  /** What a client is told where what a write uses cannot be paid for. */
  public static PlatformRefusal of(Decline reason) {
    return switch (reason) {
      case FROZEN -> CREDIT_FROZEN;
      case CAP_REACHED -> CAP_REACHED;
      case HOLD_ENDED,
          HOLD_EXPIRED,
          EXCEEDS_HOLD,
          EXCEEDS_PURCHASE,
          TOO_MANY_GRANTS,
          BALANCE_TOO_LARGE,
          INSUFFICIENT_CREDIT ->
          INSUFFICIENT_CREDIT;
    };
  }
}
