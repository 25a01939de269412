package io.mooring.bench.fuzz;

import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.crypto.Signature;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Calls of precompiles that get past their first checks, often bent afterwards. */
final class PrecompileInputs {
  private static final byte[] BN254_G2 =
      HexFormat.of()
          .parseHex(
              "198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2"
                  + "1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed"
                  + "090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b"
                  + "12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa");
  private static final byte[] BN254_MINUS_Y =
      HexFormat.of().parseHex("30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd45");
  private static final byte[] BLS_G1 =
      HexFormat.of()
          .parseHex(
              "0000000000000000000000000000000017f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905"
                  + "a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb"
                  + "0000000000000000000000000000000008b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af6"
                  + "00db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1");

  /** A commitment to zero, with its proof at zero. */
  private static final byte[] KZG_OF_ZERO =
      HexFormat.of()
          .parseHex(
              "010657f37554c781402a22917dee2f75def7ab966d7b770905398eba3c444014"
                  + "00".repeat(64)
                  + "c0"
                  + "00".repeat(47)
                  + "c0"
                  + "00".repeat(47));

  private final Values values;

  PrecompileInputs(Values values) {
    this.values = values;
  }

  record Call(int address, byte[] input) {}

  Call next() {
    Call call =
        switch (values.below(16)) {
          case 0, 1 -> new Call(1, signature());
          case 2 -> new Call(2 + values.below(3), values.bytes(values.below(100)));
          case 3, 4 -> new Call(5, modExp());
          case 5 -> new Call(6, concat(bn254G1(), bn254G1()));
          case 6 -> new Call(7, concat(bn254G1(), values.word().bytes()));
          case 7 -> new Call(8, bn254Pairing());
          case 8 -> new Call(9, blake2());
          case 9 -> new Call(10, KZG_OF_ZERO.clone());
          case 10 -> new Call(11, concat(BLS_G1, values.chance(50) ? BLS_G1 : new byte[128]));
          case 11 -> new Call(12, concat(BLS_G1, values.word().bytes()));
          case 12 -> new Call(13 + values.below(2), new byte[values.oneOf(288, 512)]);
          case 13 -> new Call(15, concat(BLS_G1, new byte[256]));
          case 14 -> new Call(16, concat(new byte[17], values.bytes(47)));
          default -> new Call(0x100, values.bytes(160));
        };
    return values.chance(75) ? call : new Call(call.address, bent(call.input));
  }

  private byte[] bent(byte[] input) {
    if (input.length == 0 || values.chance(30)) {
      return values.chance(50) ? concat(input, new byte[1]) : concat(input, values.bytes(31));
    }
    input[values.below(input.length)] ^= (byte) (1 << values.below(8));
    return input;
  }

  private byte[] signature() {
    byte[] digest = values.bytes(32);
    byte[] key = values.bytes(32);
    key[0] = 1;
    Signature signature = Secp256k1.fastest().sign(digest, key);
    return concat(
        digest,
        U256.of(27 + signature.yParity()).bytes(),
        signature.r().bytes(),
        signature.s().bytes());
  }

  private byte[] modExp() {
    int base = values.below(40);
    int exponent = values.below(40);
    int modulus = values.below(40);
    return concat(
        U256.of(base).bytes(),
        U256.of(exponent).bytes(),
        values.chance(95) ? U256.of(modulus).bytes() : values.word().bytes(),
        values.bytes(base),
        values.chance(50) ? new byte[exponent] : values.bytes(exponent),
        values.bytes(modulus));
  }

  private byte[] bn254G1() {
    return switch (values.below(4)) {
      case 0 -> new byte[64];
      case 1 -> concat(U256.ONE.bytes(), BN254_MINUS_Y);
      default -> concat(U256.ONE.bytes(), U256.of(2).bytes());
    };
  }

  private byte[] bn254Pairing() {
    byte[] pair = concat(bn254G1(), BN254_G2);
    return values.chance(50) ? pair : concat(pair, bn254G1(), BN254_G2);
  }

  private byte[] blake2() {
    byte[] input = values.bytes(213);
    input[0] = 0;
    input[1] = 0;
    input[2] = 0;
    input[212] &= 1;
    return input;
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
