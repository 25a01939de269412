package io.mooring.tenants.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes JWTs by hand, so that they can be wrong in every way that no library would write them. */
final class Forgery {
  private Forgery() {}

  static String es256(String header, String claims, PrivateKey key) {
    return signed(header, claims, "SHA256withECDSAinP1363Format", key);
  }

  static String rs256(String header, String claims, PrivateKey key) {
    return signed(header, claims, "SHA256withRSA", key);
  }

  static String hs256(String header, String claims, byte[] secret) {
    try {
      String signed = part(header) + "." + part(claims);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String unsigned(String header, String claims) {
    return part(header) + "." + part(claims) + ".";
  }

  static String part(String json) {
    return base64(json.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String signed(String header, String claims, String algorithm, Key key) {
    try {
      String signed = part(header) + "." + part(claims);
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign((PrivateKey) key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
