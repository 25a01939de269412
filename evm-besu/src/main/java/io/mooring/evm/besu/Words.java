package io.mooring.evm.besu;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.apache.tuweni.units.bigints.UInt256;
import org.hyperledger.besu.datatypes.Wei;

/** Turns Mooring's words, hashes and addresses into Besu's and back. */
final class Words {
  private Words() {}

  static org.hyperledger.besu.datatypes.Address besu(Address address) {
    return org.hyperledger.besu.datatypes.Address.wrap(Bytes.wrap(address.bytes()));
  }

  static Address mooring(org.hyperledger.besu.datatypes.Address address) {
    return Address.of(address.getBytes().toArrayUnsafe());
  }

  static Wei wei(U256 value) {
    return Wei.of(uint256(value));
  }

  static UInt256 uint256(U256 value) {
    return UInt256.fromBytes(Bytes.wrap(value.bytes()));
  }

  /** Reads at most 32 big-endian bytes; Besu's stack items may be shorter. */
  static U256 u256(Bytes bigEndian) {
    return U256.of(bigEndian.toArrayUnsafe());
  }

  static Bytes32 bytes32(U256 value) {
    return Bytes32.wrap(value.bytes());
  }

  static org.hyperledger.besu.datatypes.Hash besu(Hash hash) {
    return org.hyperledger.besu.datatypes.Hash.wrap(bytes32(hash.word()));
  }
}
