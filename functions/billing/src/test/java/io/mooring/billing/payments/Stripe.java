package io.mooring.billing.payments;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * Stripe as its documentation has it: signs by RFC 2104 written out from SHA-256, which shares no
 * code with the product, and tells of payments in the shapes of its API.
 */
final class Stripe {
  static final byte[] SECRET = bytes("whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH");
  static final byte[] OTHER = bytes("whsec_anotherSecretThatIsNotTheOne");

  private Stripe() {}

  static String header(long seconds, byte[] secret, byte[] body) {
    return "t=" + seconds + ",v1=" + v1(seconds, secret, body) + ",v0=" + "0".repeat(64);
  }

  static String v1(long seconds, byte[] secret, byte[] body) {
    return hmac(secret, bytes(seconds + "."), body);
  }

  static String hmac(byte[] secret, byte[]... data) {
    byte[] key = Arrays.copyOf(secret.length > 64 ? sha256(secret) : secret, 64);
    byte[] inner = key.clone();
    byte[] outer = key.clone();
    for (int i = 0; i < 64; i++) {
      inner[i] ^= 0x36;
      outer[i] ^= 0x5c;
    }
    byte[] mac = sha256(outer, sha256(with(inner, data)));
    String hex = new BigInteger(1, mac).toString(16);
    return "0".repeat(64 - hex.length()) + hex;
  }

  static byte[] checkout(String event, String intent, String tenant, String asset, long cents) {
    return event(
        event,
        "checkout.session.completed",
        """
        {"id":"cs_1","object":"checkout.session","payment_status":"paid","payment_intent":"%s",
         "client_reference_id":"%s","metadata":{"asset":"%s"},"amount_total":%d,"currency":"eur"}
        """
            .formatted(intent, tenant, asset, cents));
  }

  static byte[] succeeded(String event, String intent, String tenant, String asset, long cents) {
    return event(
        event,
        "payment_intent.succeeded",
        """
        {"id":"%s","object":"payment_intent","status":"succeeded","amount_received":%d,
         "currency":"eur","metadata":{"tenant":"%s","asset":"%s"}}
        """
            .formatted(intent, cents, tenant, asset));
  }

  static byte[] refunded(String event, String intent, long cents) {
    return event(
        event,
        "charge.refunded",
        "{\"id\":\"ch_1\",\"object\":\"charge\",\"payment_intent\":\"%s\",\"amount_refunded\":%d}"
            .formatted(intent, cents));
  }

  static byte[] dispute(String event, String intent, String what, String status, long cents) {
    return event(
        event,
        "charge.dispute." + what,
        """
        {"id":"dp_1","object":"dispute","payment_intent":"%s","amount":%d,"status":"%s"}
        """
            .formatted(intent, cents, status));
  }

  static byte[] event(String id, String type, String object) {
    return bytes(
        "{\"id\":\"%s\",\"object\":\"event\",\"type\":\"%s\",\"data\":{\"object\":%s}}"
            .formatted(id, type, object));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[][] with(byte[] first, byte[][] others) {
    byte[][] all = new byte[others.length + 1][];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List.of(parts).forEach(digest::update);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
