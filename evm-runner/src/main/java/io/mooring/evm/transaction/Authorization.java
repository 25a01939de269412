package io.mooring.evm.transaction;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.PublicKey;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.rlp.MalformedRlp;
import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.rlp.RlpOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An account's word that it wants to run the code of {@code delegate} from now on (EIP-7702).
 *
 * @param chainId the chain it is meant for, zero for any
 * @param yParity as it was sent, from 0 to 255
 */
public record Authorization(
    U256 chainId, Address delegate, long nonce, int yParity, U256 r, U256 s) {
  private static final byte MAGIC = 0x05;
  private static final int Y_PARITY_MAX = 255;

  public Authorization {
    if (yParity < 0 || yParity > Y_PARITY_MAX) {
      throw new IllegalArgumentException("the parity of an authorization has one byte");
    }
  }

  /** Whose word this is, or nothing if the signature is no such word. */
  public Optional<Address> authority(Secp256k1 curve) {
    if (yParity > 1) {
      return Optional.empty();
    }
    Signature signature = new Signature(r, s, yParity);
    return signature.hasLowS()
        ? curve.recover(signingHash().bytes(), signature).map(PublicKey::address)
        : Optional.empty();
  }

  /** The word of whoever has the secret key. */
  public static Authorization sign(
      Secp256k1 curve, byte[] secretKey, U256 chainId, Address delegate, long nonce) {
    Hash hash = signingHash(chainId, delegate, nonce);
    Signature signature = curve.sign(hash.bytes(), secretKey);
    return new Authorization(
        chainId, delegate, nonce, signature.yParity(), signature.r(), signature.s());
  }

  Hash signingHash() {
    return signingHash(chainId, delegate, nonce);
  }

  private static Hash signingHash(U256 chainId, Address delegate, long nonce) {
    RlpOutput output = new RlpOutput().startList();
    output.number(chainId).address(delegate).number(nonce).endList();
    return TransactionCodec.typedHash(MAGIC, output);
  }

  static List<Authorization> readAll(RlpInput input) {
    List<Authorization> authorizations = new ArrayList<>();
    for (RlpInput list = input.list(); list.hasNext(); ) {
      RlpInput fields = list.list();
      U256 chainId = fields.u256();
      Address delegate = fields.address();
      long nonce = fields.number();
      long yParity = fields.number();
      if (yParity < 0 || yParity > Y_PARITY_MAX) {
        throw new MalformedRlp("the parity of an authorization has one byte");
      }
      authorizations.add(
          new Authorization(chainId, delegate, nonce, (int) yParity, fields.u256(), fields.u256()));
      fields.end();
    }
    return authorizations;
  }

  static void writeAll(List<Authorization> authorizations, RlpOutput output) {
    output.startList();
    for (Authorization authorization : authorizations) {
      output
          .startList()
          .number(authorization.chainId)
          .address(authorization.delegate)
          .number(authorization.nonce)
          .number(authorization.yParity)
          .number(authorization.r)
          .number(authorization.s)
          .endList();
    }
    output.endList();
  }
}
