package io.mooring.ledger;

/**
 * What an entry keeps of its payload: the SHA-256 of the bytes received, or, when {@code salted}, a
 * commitment to that hash; their number; and what the submitter calls them ("" for nothing said).
 */
public record Payload(Hash hash, long length, String contentType, boolean salted) {
  public static final int CONTENT_TYPE_BYTES_MAX = 255;

  public Payload {
    if (length < 0) {
      throw new MalformedException("a payload has at least 0 bytes, not " + length);
    }
    Words.requireWithin("content type", contentType, CONTENT_TYPE_BYTES_MAX);
  }

  public static Payload of(byte[] payload, String contentType) {
    return new Payload(Hash.ofBytes(payload), payload.length, contentType, false);
  }

  public static Payload salted(Salt salt, byte[] payload, String contentType) {
    return salted(salt, Hash.ofBytes(payload), payload.length, contentType);
  }

  /** For a payload that is stored elsewhere and known here by its hash. */
  public static Payload salted(Salt salt, Hash payloadHash, long length, String contentType) {
    return new Payload(salt.commitTo(payloadHash), length, contentType, true);
  }

  /** Whether this is what an unsalted entry keeps of exactly these bytes. */
  public boolean matches(byte[] payload) {
    return !salted && payload.length == length && Hash.ofBytes(payload).equals(hash);
  }

  /** Whether this is what a salted entry keeps of exactly these bytes under this salt. */
  public boolean matches(Salt salt, byte[] payload) {
    return salted && payload.length == length && salt.commitTo(Hash.ofBytes(payload)).equals(hash);
  }
}
