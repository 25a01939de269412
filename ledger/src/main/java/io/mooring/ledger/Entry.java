package io.mooring.ledger;

/**
 * One entry of a ledger: the bytes that are hashed as a leaf. It names no position and no entry
 * before it, so an append that loses a race is placed elsewhere without a byte of it changing.
 *
 * <p>The bytes are a deterministic CBOR map (RFC 8949 section 4.2) of at most {@value #BYTES_MAX}
 * bytes. What says nothing is left out.
 *
 * <pre>
 * key  value                 left out when          field
 *   1  unsigned, 1           never                  version of this table
 *   2  text, 1..128 bytes    never                  {@link #type}
 *   3  bytes, 32             never                  {@link Payload#hash}
 *   4  unsigned              never                  {@link Payload#length}
 *   5  text, 1..255 bytes    empty                  {@link Payload#contentType}
 *   6  true                  false                  {@link Payload#salted}
 *   7  text, 1..1024 bytes   empty                  {@link #subject}
 *   8  text, 1..128 bytes    empty                  {@link Submission#keyId}
 *   9  unsigned              0                      {@link Submission#clientTimeMillis}
 *  10  text, 1..128 bytes    empty                  {@link DeviceCount#deviceId}
 *  11  unsigned              10 is                  {@link DeviceCount#counter}
 *  12  bytes, 32             the hash of nothing    {@link Submission#idempotencyKeyHash}
 *  13  bytes, 32             the hash of nothing    {@link #claimsDigest}, the caller's own
 * </pre>
 */
public record Entry(
    String type,
    String subject,
    Payload payload,
    Submission submission,
    DeviceCount device,
    Hash claimsDigest) {
  /** What an entry bundle's two-byte length can say. */
  public static final int BYTES_MAX = 65_535;

  public static final int VERSION = 1;
  public static final int TYPE_BYTES_MAX = 128;
  public static final int SUBJECT_BYTES_MAX = 1024;

  public Entry {
    Words.requireWithin("type", type, TYPE_BYTES_MAX);
    Words.requireWithin("subject", subject, SUBJECT_BYTES_MAX);
    if (type.isEmpty()) {
      throw new MalformedException("an entry has a type");
    }
  }

  /** An entry that says only what it is, what it is about, and what its payload was. */
  public static Entry of(String type, String subject, Payload payload) {
    return new Entry(
        type, subject, payload, Submission.unstated(), DeviceCount.none(), Hash.ofNothing());
  }

  public Entry with(Submission submission) {
    return new Entry(type, subject, payload, submission, device, claimsDigest);
  }

  public Entry with(DeviceCount device) {
    return new Entry(type, subject, payload, submission, device, claimsDigest);
  }

  public Entry withClaimsDigest(Hash claimsDigest) {
    return new Entry(type, subject, payload, submission, device, claimsDigest);
  }

  public Hash leafHash() {
    return Hash.ofLeaf(toBytes());
  }

  public byte[] toBytes() {
    return EntryCbor.write(this);
  }

  /** Reads what {@link #toBytes} writes, and refuses every other bytes. */
  public static Entry ofBytes(byte[] bytes) {
    return EntryCbor.read(bytes);
  }
}
