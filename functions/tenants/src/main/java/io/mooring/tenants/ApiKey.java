package io.mooring.tenants;

import io.mooring.ledger.Hash;
import io.mooring.platform.Base32;
import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Mode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an API key, which exists once in the answer that shows it and nowhere else:
 *
 * <pre>
 * mk_test_&lt;tenant&gt;_&lt;key&gt;_&lt;256 random bits&gt;&lt;CRC-32 of all before&gt;
 * </pre>
 *
 * The tenant comes first in it as in every key of the table, so a credential can only lead to its
 * own tenant. The checksum tells a mistyped key, or a string that merely looks like one, without a
 * look into any store.
 */
public final class ApiKey {
  private static final int SECRET_BYTES = 32;
  private static final int CHECKSUM_CHARACTERS = 7;
  private static final String TENANT_PREFIX = "ten_";
  private static final Pattern SHAPE =
      Pattern.compile("mk_(live|test)_([0-9a-z]{4,32})_([0-9a-z]{26})_[0-9a-z]{52}([0-9a-z]{7})");

  private final Mode mode;
  private final KeyId id;
  private final String text;

  private ApiKey(Mode mode, KeyId id, String text) {
    this.mode = mode;
    this.id = id;
    this.text = text;
  }

  static ApiKey fresh(Mode mode, KeyId id, RandomGenerator random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String unchecked =
        String.join(
            "_",
            "mk",
            mode.word(),
            id.tenant().value().substring(TENANT_PREFIX.length()),
            id.value().substring(KeyId.PREFIX.length()),
            Base32.of(secret));
    return new ApiKey(mode, id, unchecked + checksum(unchecked));
  }

  /** Reads what looks like a key in every respect; whether it is one is another question. */
  static Optional<ApiKey> parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()
        || !parts
            .group(4)
            .equals(checksum(text.substring(0, text.length() - CHECKSUM_CHARACTERS)))) {
      return Optional.empty();
    }
    var tenant = new TenantId(TENANT_PREFIX + parts.group(2));
    var id = new KeyId(tenant, KeyId.PREFIX + parts.group(3));
    return Mode.of(parts.group(1)).map(mode -> new ApiKey(mode, id, text));
  }

  public Mode mode() {
    return mode;
  }

  public KeyId id() {
    return id;
  }

  /** The secret itself, for the one answer that shows it. */
  public String text() {
    return text;
  }

  /**
   * What is stored. The text has 256 random bits in it, so nothing slower than SHA-256 is needed.
   */
  Hash hash() {
    return Hash.ofBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String checksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return Base32.of(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
  }

  /** Without the secret, so that it cannot slip into a log. */
  @Override
  public String toString() {
    return "ApiKey[" + id + "]";
  }
}
