package io.mooring.platform.commit;

import io.mooring.ledger.DeviceCount;
import io.mooring.ledger.Hash;

/**
 * One entry to append, before it has a salt, a leaf hash or a place. The leaf will say all of this,
 * with a salted commitment where {@link Content} stands.
 */
public record NewEntry(
    String type,
    String subject,
    Content content,
    long clientTimeMillis,
    DeviceCount device,
    Hash claimsDigest) {
  /** An entry of which nothing more is said; {@code subject} may be empty. */
  public static NewEntry of(String type, String subject, Content content) {
    return new NewEntry(type, subject, content, 0, DeviceCount.none(), Hash.ofNothing());
  }

  public NewEntry at(long clientTimeMillis) {
    return new NewEntry(type, subject, content, clientTimeMillis, device, claimsDigest);
  }

  public NewEntry from(DeviceCount device) {
    return new NewEntry(type, subject, content, clientTimeMillis, device, claimsDigest);
  }

  public NewEntry claiming(Hash claimsDigest) {
    return new NewEntry(type, subject, content, clientTimeMillis, device, claimsDigest);
  }
}
