package io.mooring.platform.http;

import io.mooring.ledger.Hash;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.commit.Write;
import io.mooring.platform.limit.PlatformLimit;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import java.util.Optional;

/**
 * The {@code Idempotency-Key} of the request at hand
 * (draft-ietf-httpapi-idempotency-key-header-07): its scope is the tenant, the method and the path,
 * and what it is compared by is the body.
 */
@RequestScoped
public class Once {
  public static final String HEADER = "Idempotency-Key";

  private final RoutingContext exchange;
  private final RequestBody body;

  Once(RoutingContext exchange, RequestBody body) {
    this.exchange = exchange;
    this.body = body;
  }

  /** The key of this request, if the client sent one. */
  public Optional<IdempotencyKey> key(TenantId tenant) {
    List<String> sent = exchange.request().headers().getAll(HEADER);
    if (sent.isEmpty()) {
      return Optional.empty();
    }
    if (sent.size() > 1) {
      throw invalid();
    }
    String method = exchange.request().method().name();
    return Optional.of(keyOf(tenant, method, exchange.request().path(), sent.getFirst()));
  }

  /** The key of another request, as its header had it. */
  public static IdempotencyKey keyOf(TenantId tenant, String method, String path, String header) {
    String text = unquoted(header);
    if (!isUsable(text)) {
      throw invalid();
    }
    return IdempotencyKey.of(tenant + " " + method + " " + path, text);
  }

  private static RefusedException invalid() {
    return new RefusedException(
        PlatformRefusal.IDEMPOTENCY_KEY_INVALID,
        "there is one Idempotency-Key, of 8 to 255 visible ASCII characters");
  }

  /** The key of this request, on a route that does not go without one. */
  public IdempotencyKey required(TenantId tenant) {
    return key(tenant)
        .orElseThrow(
            () ->
                new RefusedException(
                    PlatformRefusal.IDEMPOTENCY_KEY_MISSING, "there is no Idempotency-Key"));
  }

  /** What another request with the same key must equal in to be the same request. */
  public Hash bodyHash() {
    return Hash.ofBytes(body.bytes());
  }

  /** Makes a repetition of this request give this answer, if the client sent a key. */
  public Write on(Write write, TenantId tenant, Answer answer) {
    return key(tenant).map(key -> write.once(key, bodyHash(), kept(answer))).orElse(write);
  }

  private static byte[] kept(Answer answer) {
    byte[] bytes = answer.bytes();
    if (bytes.length > Repetition.Keyed.ANSWER_BYTES_MAX) {
      throw new RefusedException(
          PlatformRefusal.BODY_INVALID,
          "its answer would be longer than the "
              + Repetition.Keyed.ANSWER_BYTES_MAX
              + " bytes that are kept for a repetition");
    }
    return bytes;
  }

  // The draft has a structured-field string, in quotes; most clients send the bare text.
  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static boolean isUsable(String text) {
    return text.length() >= PlatformLimit.IDEMPOTENCY_KEY_CHARACTERS_MIN.value()
        && text.length() <= PlatformLimit.IDEMPOTENCY_KEY_CHARACTERS_MAX.value()
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
