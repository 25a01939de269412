package io.mooring.contracts.simulation;

import io.mooring.evm.Address;
import io.mooring.evm.crypto.Keccak256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Addresses in the mixed case that carries a checksum (EIP-55). */
public final class Checksum {
  private Checksum() {}

  public static String of(Address address) {
    String digits = HexFormat.of().formatHex(address.bytes());
    String hash =
        HexFormat.of().formatHex(Keccak256.hash(digits.getBytes(StandardCharsets.US_ASCII)));
    StringBuilder mixed = new StringBuilder("0x");
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      mixed.append(hash.charAt(i) >= '8' ? Character.toUpperCase(digit) : digit);
    }
    return mixed.toString();
  }
}
