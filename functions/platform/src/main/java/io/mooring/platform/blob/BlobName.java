package io.mooring.platform.blob;

import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import java.util.Optional;

/** Names one object. The tenant comes first, and this is the only place that makes names. */
public record BlobName(String value) {
  public static final int BYTES_MAX = 1024;

  private static final char AFTER_SLASH = '/' + 1;

  public BlobName {
    if (!value.startsWith("ten_") || value.length() > BYTES_MAX || value.contains("..")) {
      throw new IllegalArgumentException("not the name of an object: " + value);
    }
  }

  /** A commit's body, named by its content. */
  public static BlobName segment(LedgerId ledger, Hash sha256) {
    return new BlobName(segments(ledger) + sha256);
  }

  /** What the names of a ledger's segments begin with. */
  public static String segments(LedgerId ledger) {
    return ledger.tenant() + "/" + ledger.value() + "/segment/";
  }

  /** What the names of the contents that can be erased begin with. */
  public static String contents(LedgerId ledger) {
    return ledger.tenant() + "/" + ledger.value() + "/content/";
  }

  /** What the names of writes on their way through the intake begin with. */
  public static String intakes(LedgerId ledger) {
    return ledger.tenant() + "/" + ledger.value() + "/intake/";
  }

  /** What the names of the places begin with from which scrubs go on. */
  public static String scrubs(LedgerId ledger) {
    return ledger.tenant() + "/" + ledger.value() + "/scrub/";
  }

  /** The ledger that the object belongs to; none for a payload. */
  public Optional<LedgerId> ledger() {
    String[] parts = value.split("/", 3);
    return parts.length == 3 && parts[1].startsWith("led_")
        ? Optional.of(new LedgerId(new TenantId(parts[0]), parts[1]))
        : Optional.empty();
  }

  /** What comes after all names that begin with the same two parts as this one. */
  public String afterItsFolder() {
    String[] parts = value.split("/", 3);
    return parts[0] + "/" + parts[parts.length > 1 ? 1 : 0] + AFTER_SLASH;
  }

  /** The last part of the name: of what is named by its content, the SHA-256. */
  public String last() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** The salt and content of an entry that can be erased, named by its bytes. */
  public static BlobName content(LedgerId ledger, Hash sha256) {
    return new BlobName(contents(ledger) + sha256);
  }

  /** The last head that was published of a ledger. */
  public static BlobName head(LedgerId ledger) {
    return new BlobName(ledger.tenant() + "/" + ledger.value() + "/head");
  }

  /** Up to when a ledger's objects were swept. */
  public static BlobName swept(LedgerId ledger) {
    return new BlobName(ledger.tenant() + "/" + ledger.value() + "/swept");
  }

  /** One write on its way through the intake, named by its content. */
  public static BlobName intake(LedgerId ledger, Hash sha256) {
    return new BlobName(intakes(ledger) + sha256);
  }

  /** How far a scrub of a ledger has come, named by its content. */
  public static BlobName scrub(LedgerId ledger, Hash sha256) {
    return new BlobName(scrubs(ledger) + sha256);
  }

  /** A static file of a ledger's public log, by its path below {@code log/}. */
  public static BlobName log(LedgerId ledger, String path) {
    return new BlobName(ledger.tenant() + "/" + ledger.value() + "/log/" + path);
  }

  /** What is derived from a chain's blocks, by its path below {@code chain/}. */
  public static BlobName chain(LedgerId ledger, String path) {
    return new BlobName(ledger.tenant() + "/" + ledger.value() + "/chain/" + path);
  }

  /** A payload that a tenant uploaded, named by its content. */
  public static BlobName payload(TenantId tenant, Hash sha256) {
    return new BlobName(tenant + "/payload/" + sha256);
  }

  @Override
  public String toString() {
    return value;
  }
}
