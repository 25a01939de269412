package io.mooring.platform.page;

import io.mooring.platform.TenantId;
import io.mooring.platform.limit.PlatformLimit;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.secret.Secrets;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Gives out page tokens and takes them back: a position in one list of one tenant, under a MAC, so
 * that a token that was changed, made up, or given out elsewhere is refused.
 */
@Singleton
public final class PageTokens {
  private static final String MAC = "HmacSHA256";
  private static final int TAG_BYTES = 16;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");

  private final SecretKeySpec key;

  public PageTokens(Secrets secrets) {
    this.key = new SecretKeySpec(secrets.secret("page-tokens"), MAC);
  }

  /** Reads what a client sent as {@code perPage} and {@code pageToken}. */
  public PageRequest read(
      TenantId tenant, String list, @Nullable String perPage, @Nullable String pageToken) {
    return new PageRequest(items(perPage), pageToken == null ? "" : open(tenant, list, pageToken));
  }

  private static int items(@Nullable String perPage) {
    if (perPage == null) {
      return PlatformLimit.PAGE_ITEMS_UNASKED.intValue();
    }
    if (!NUMBER.matcher(perPage).matches()
        || Integer.parseInt(perPage) > PlatformLimit.PAGE_ITEMS_MAX.value()) {
      throw new RefusedException(
          PlatformRefusal.PARAMETER_INVALID,
          "perPage is a number from 1 to " + PlatformLimit.PAGE_ITEMS_MAX.value());
    }
    return Integer.parseInt(perPage);
  }

  public String issue(TenantId tenant, String list, String position) {
    byte[] bytes = position.getBytes(StandardCharsets.UTF_8);
    byte[] tag = tag(tenant, list, bytes);
    byte[] token = Arrays.copyOf(bytes, bytes.length + TAG_BYTES);
    System.arraycopy(tag, 0, token, bytes.length, TAG_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  private String open(TenantId tenant, String list, String pageToken) {
    byte[] token = decode(pageToken);
    int length = token.length - TAG_BYTES;
    byte[] position = Arrays.copyOf(token, length);
    byte[] tag = Arrays.copyOfRange(token, length, token.length);
    if (!MessageDigest.isEqual(tag, tag(tenant, list, position))) {
      throw invalid();
    }
    return new String(position, StandardCharsets.UTF_8);
  }

  private static byte[] decode(String pageToken) {
    if (pageToken.length() > PlatformLimit.PAGE_TOKEN_CHARACTERS_MAX.value()) {
      throw invalid();
    }
    try {
      byte[] token = Base64.getUrlDecoder().decode(pageToken);
      if (token.length <= TAG_BYTES) {
        throw invalid();
      }
      return token;
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private byte[] tag(TenantId tenant, String list, byte[] position) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      for (byte[] part :
          List.of(
              tenant.value().getBytes(StandardCharsets.UTF_8),
              list.getBytes(StandardCharsets.UTF_8),
              position)) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        mac.update(part);
      }
      return Arrays.copyOf(mac.doFinal(), TAG_BYTES);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has " + MAC, e);
    }
  }

  private static RefusedException invalid() {
    return new RefusedException(
        PlatformRefusal.CURSOR_INVALID, "this pageToken was not given out for this list");
  }
}
