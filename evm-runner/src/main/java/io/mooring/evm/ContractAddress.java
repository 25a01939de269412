package io.mooring.evm;

import io.mooring.evm.crypto.Keccak256;
import java.util.Arrays;

/** Where a new contract comes to stand. */
public final class ContractAddress {
  private static final int SHORT_STRING = 0x80;
  private static final int SHORT_LIST = 0xc0;
  private static final int CREATE2_PREFIX = 0xff;

  private ContractAddress() {}

  /** CREATE: the last 20 bytes of keccak256(rlp([creator, nonce])). */
  public static Address of(Address creator, long nonce) {
    int nonceBytes = (Long.SIZE - Long.numberOfLeadingZeros(nonce) + 7) / 8;
    boolean single = Long.compareUnsigned(nonce, SHORT_STRING) < 0 && nonce != 0;
    int payload = 1 + Address.BYTES + (single ? 1 : 1 + nonceBytes);
    byte[] rlp = new byte[1 + payload];
    rlp[0] = (byte) (SHORT_LIST + payload);
    rlp[1] = (byte) (SHORT_STRING + Address.BYTES);
    System.arraycopy(creator.bytes(), 0, rlp, 2, Address.BYTES);
    int at = 2 + Address.BYTES;
    if (!single) {
      rlp[at++] = (byte) (SHORT_STRING + nonceBytes);
    }
    for (int i = nonceBytes - 1; i >= 0; i--) {
      rlp[at++] = (byte) (nonce >>> 8 * i);
    }
    return ofDigest(Keccak256.hash(rlp));
  }

  /** CREATE2 (EIP-1014): the last 20 bytes of keccak256(0xff ++ creator ++ salt ++ codeHash). */
  public static Address of(Address creator, U256 salt, byte[] initCodeHash) {
    byte[] image = new byte[1 + Address.BYTES + U256.BYTES + Hash.BYTES];
    image[0] = (byte) CREATE2_PREFIX;
    System.arraycopy(creator.bytes(), 0, image, 1, Address.BYTES);
    System.arraycopy(salt.bytes(), 0, image, 1 + Address.BYTES, U256.BYTES);
    System.arraycopy(initCodeHash, 0, image, 1 + Address.BYTES + U256.BYTES, Hash.BYTES);
    return ofDigest(Keccak256.hash(image));
  }

  private static Address ofDigest(byte[] digest) {
    return Address.of(Arrays.copyOfRange(digest, Hash.BYTES - Address.BYTES, Hash.BYTES));
  }
}
