package io.mooring.ledgers.http;

import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import java.util.HexFormat;

/**
 * The name of a blob by its content: a CIDv1 of raw bytes hashed with SHA-256, in base 32, as IPFS
 * tools write and read it.
 */
final class Cid {
  private static final char BASE32 = 'b'; // multibase: RFC 4648, lower case, no padding
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final byte[] HEAD = {0x01, 0x55, 0x12, 0x20}; // CIDv1, raw, SHA-256, 32 bytes
  private static final int BITS = 5;
  private static final int HEX_CHARS = 2 * Hash.BYTES;
  private static final int CHARS = 1 + Math.ceilDiv((HEAD.length + Hash.BYTES) * Byte.SIZE, BITS);

  private Cid() {}

  static String of(Hash sha256) {
    byte[] cid = new byte[HEAD.length + Hash.BYTES];
    System.arraycopy(HEAD, 0, cid, 0, HEAD.length);
    sha256.copyTo(cid, HEAD.length);
    StringBuilder text = new StringBuilder(CHARS).append(BASE32);
    int bits = 0;
    int held = 0;
    for (byte b : cid) {
      held = held << Byte.SIZE | (b & 0xff);
      bits += Byte.SIZE;
      while (bits >= BITS) {
        bits -= BITS;
        text.append(ALPHABET.charAt(held >>> bits & (1 << BITS) - 1));
      }
      held &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt(held << BITS - bits));
    }
    return text.toString();
  }

  /** Reads a CID of this kind, or the SHA-256 itself as hex. */
  static Hash sha256(String text) {
    try {
      if (text.length() == HEX_CHARS) {
        return Hash.of(HexFormat.of().parseHex(text));
      }
      Hash hash = decode(text);
      if (of(hash).equals(text)) {
        return hash;
      }
    } catch (IllegalArgumentException e) {
      throw EntryJson.invalid("a blob is named by its SHA-256 in hex or by its CID");
    }
    throw EntryJson.invalid("a blob's CID is version 1, raw, SHA-256, in base 32");
  }

  private static Hash decode(String text) {
    if (text.length() != CHARS) {
      throw new MalformedException("not a CID of this kind");
    }
    byte[] cid = new byte[HEAD.length + Hash.BYTES];
    int bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 1; i < CHARS && at < cid.length; i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new MalformedException("not base 32");
      }
      held = held << BITS | digit;
      bits += BITS;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        cid[at++] = (byte) (held >>> bits);
        held &= (1 << bits) - 1;
      }
    }
    return Hash.at(cid, HEAD.length);
  }
}
