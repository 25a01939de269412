package io.mooring.platform.blob;

import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;

/** Names one object. The tenant comes first, and this is the only place that makes names. */
public record BlobName(String value) {
  public static final int BYTES_MAX = 1024;

  public BlobName {
    if (!value.startsWith("ten_") || value.length() > BYTES_MAX || value.contains("..")) {
      throw new IllegalArgumentException("not the name of an object: " + value);
    }
  }

  /** A commit's body, named by its content. */
  public static BlobName segment(LedgerId ledger, Hash sha256) {
    return new BlobName(ledger.tenant() + "/" + ledger.value() + "/segment/" + sha256);
  }

  /** The salt and content of an entry that can be erased, named by its bytes. */
  public static BlobName content(LedgerId ledger, Hash sha256) {
    return new BlobName(ledger.tenant() + "/" + ledger.value() + "/content/" + sha256);
  }

  /** The last head that was published of a ledger. */
  public static BlobName head(LedgerId ledger) {
    return new BlobName(ledger.tenant() + "/" + ledger.value() + "/head");
  }

  /** One write on its way through the intake, named by its content. */
  public static BlobName intake(LedgerId ledger, Hash sha256) {
    return new BlobName(ledger.tenant() + "/" + ledger.value() + "/intake/" + sha256);
  }

  /** A static file of a ledger's public log, by its path below {@code log/}. */
  public static BlobName log(LedgerId ledger, String path) {
    return new BlobName(ledger.tenant() + "/" + ledger.value() + "/log/" + path);
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
