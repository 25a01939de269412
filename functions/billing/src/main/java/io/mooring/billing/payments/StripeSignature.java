package io.mooring.billing.payments;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The header {@code Stripe-Signature}: {@code t=…,v1=…}, where each v1 is the HMAC-SHA256 of {@code
 * t.payload} under one of the endpoint's secrets. Several stand there while a secret is being
 * changed; schemes other than v1 are passed over.
 */
record StripeSignature(long seconds, List<byte[]> signatures) {
  /** How old, or how far ahead, a signed event may be, so that a recorded one cannot be sent on. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  static final int HEADER_CHARACTERS_MAX = 4096;

  private static final String MAC = "HmacSHA256";
  private static final Pattern TIME = Pattern.compile("0|[1-9][0-9]{0,11}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** Whether an event is Stripe's own; the first reason why not. */
  enum Verdict {
    GENUINE,
    UNREADABLE,
    FORGED,
    TOO_OLD
  }

  static Verdict verify(String header, byte[] payload, List<byte[]> secrets, long nowMillis) {
    if (header.length() > HEADER_CHARACTERS_MAX) {
      return Verdict.UNREADABLE;
    }
    List<byte[]> signatures = new ArrayList<>();
    List<String> times = new ArrayList<>();
    for (String item : header.split(",", -1)) {
      int equals = item.indexOf('=');
      String scheme = equals < 0 ? "" : item.substring(0, equals).strip();
      String value = item.substring(equals + 1).strip();
      if (scheme.equals("t")) {
        times.add(value);
      } else if (scheme.equals("v1") && DIGEST.matcher(value).matches()) {
        signatures.add(HexFormat.of().parseHex(value));
      }
    }
    if (times.size() != 1 || !TIME.matcher(times.getFirst()).matches() || signatures.isEmpty()) {
      return Verdict.UNREADABLE;
    }
    return new StripeSignature(Long.parseLong(times.getFirst()), signatures)
        .verify(payload, secrets, nowMillis);
  }

  private Verdict verify(byte[] payload, List<byte[]> secrets, long nowMillis) {
    boolean genuine = false;
    for (byte[] secret : secrets) {
      byte[] expected = mac(secret, seconds, payload);
      for (byte[] signature : signatures) {
        // No early end: the time it takes says nothing about which one fits.
        genuine |= MessageDigest.isEqual(expected, signature);
      }
    }
    if (!genuine) {
      return Verdict.FORGED;
    }
    long apart = Math.abs(Math.floorDiv(nowMillis, 1000) - seconds);
    return apart > TOLERANCE.toSeconds() ? Verdict.TOO_OLD : Verdict.GENUINE;
  }

  private static byte[] mac(byte[] secret, long seconds, byte[] payload) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret, MAC));
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(payload);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has " + MAC, e);
    }
  }
}
