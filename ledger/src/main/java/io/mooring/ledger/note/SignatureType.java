package io.mooring.ledger.note;

import io.mooring.ledger.MalformedException;

/** The signature types that are taken, with the byte that C2SP signed-note assigns to each. */
public enum SignatureType {
  /** Ed25519 over the note's text: what a log signs its checkpoints with. */
  ED25519(0x01, Algorithm.ED25519, false),
  /** A timestamped cosignature of a checkpoint (C2SP tlog-cosignature). */
  ED25519_COSIGNATURE(0x04, Algorithm.ED25519, true),
  /** The same that a quantum computer cannot forge; it signs the head and no extension lines. */
  ML_DSA_44_COSIGNATURE(0x06, Algorithm.ML_DSA_44, true);

  final Algorithm algorithm;
  final boolean timestamped;
  private final int code;

  SignatureType(int code, Algorithm algorithm, boolean timestamped) {
    this.code = code;
    this.algorithm = algorithm;
    this.timestamped = timestamped;
  }

  byte code() {
    return (byte) code;
  }

  static SignatureType ofCode(byte code) {
    for (SignatureType type : values()) {
      if (type.code() == code) {
        return type;
      }
    }
    throw new MalformedException("signatures of type " + (code & 0xff) + " are not known here");
  }
}
