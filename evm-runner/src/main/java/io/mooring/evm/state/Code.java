package io.mooring.evm.state;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import java.util.Arrays;
import java.util.Optional;

/** The bytes of a contract, and their hash. */
public final class Code {
  public static final Code NONE = new Code(new byte[0], Hash.OF_NOTHING);

  /** How code begins that stands for another account's (EIP-7702). */
  private static final byte[] DELEGATION_PREFIX = {(byte) 0xef, 0x01, 0x00};

  private final byte[] bytes;
  private final Hash hash;

  private Code(byte[] bytes, Hash hash) {
    this.bytes = bytes;
    this.hash = hash;
  }

  public static Code of(byte[] bytes) {
    return bytes.length == 0 ? NONE : new Code(bytes.clone(), Hash.keccak(bytes));
  }

  /** Code from a store that keeps it under its hash. */
  public static Code of(byte[] bytes, Hash hash) {
    return new Code(bytes.clone(), hash);
  }

  /** The code an account gets that delegates to {@code target} (EIP-7702). */
  public static Code delegatingTo(Address target) {
    byte[] bytes = Arrays.copyOf(DELEGATION_PREFIX, DELEGATION_PREFIX.length + Address.BYTES);
    System.arraycopy(target.bytes(), 0, bytes, DELEGATION_PREFIX.length, Address.BYTES);
    return of(bytes);
  }

  /** The account whose code this stands for, where it is a delegation. */
  public Optional<Address> delegation() {
    int prefix = DELEGATION_PREFIX.length;
    if (bytes.length != prefix + Address.BYTES
        || !Arrays.equals(bytes, 0, prefix, DELEGATION_PREFIX, 0, prefix)) {
      return Optional.empty();
    }
    return Optional.of(Address.of(Arrays.copyOfRange(bytes, prefix, bytes.length)));
  }

  public int length() {
    return bytes.length;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  public Hash hash() {
    return hash;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** Copies {@code length} bytes from {@code offset} on; beyond the code's end there are zeros. */
  public void copyTo(int offset, byte[] target, int at, int length) {
    int real = Math.clamp((long) bytes.length - offset, 0, length);
    System.arraycopy(bytes, Math.min(offset, bytes.length), target, at, real);
    Arrays.fill(target, at + real, at + length, (byte) 0);
  }
}
