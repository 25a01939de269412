package io.mooring.evm.transaction;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.crypto.PublicKey;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.rlp.RlpOutput;
import java.util.Optional;

/** A transaction as it travels: what is wanted, and the signature of who wants it. */
public record SignedTransaction(Transaction content, Signature signature) {
  /**
   * Reads the one encoding of a transaction; blobs themselves are not part of it.
   *
   * @throws io.mooring.evm.rlp.MalformedRlp if this is anything else
   */
  public static SignedTransaction decode(byte[] envelope) {
    return TransactionCodec.decode(envelope);
  }

  public byte[] encode() {
    return TransactionCodec.encode(this);
  }

  /** Writes it as an item of a list: the form of old as the list it is, the others as strings. */
  public void writeTo(RlpOutput output) {
    if (content instanceof Transaction.Legacy) {
      output.encoded(encode());
    } else {
      output.bytes(encode());
    }
  }

  public Hash hash() {
    return Hash.keccak(encode());
  }

  /** Who signed it; which signatures a fork takes is for {@link TransactionRules} to say. */
  public Optional<Address> sender(Secp256k1 curve) {
    return curve.recover(content.signingHash().bytes(), signature).map(PublicKey::address);
  }
}
