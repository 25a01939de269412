package io.mooring.evm.transaction;

import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants done, before it is signed; its five forms are in the order in which they
 * came.
 *
 * <p>Numbers are unsigned; {@code data} is not copied. Where there is no {@link #to}, {@code data}
 * is the code that makes a new contract.
 */
public sealed interface Transaction {
  /** The form before EIP-2718; {@code chainId} zero leaves the chain open, as before EIP-155. */
  record Legacy(
      long chainId,
      long nonce,
      U256 gasPrice,
      long gasLimit,
      @Nullable Address recipient,
      U256 value,
      byte[] data)
      implements Transaction {
    @Override
    public U256 maxFeePerGas() {
      return gasPrice;
    }

    @Override
    public U256 maxPriorityFeePerGas() {
      return gasPrice;
    }

    /** The same for one chain only, or for any if it is zero. */
    public Legacy onChain(long id) {
      return new Legacy(id, nonce, gasPrice, gasLimit, recipient, value, data);
    }
  }

  /** EIP-2930: names what it will touch. */
  record AccessListed(
      long chainId,
      long nonce,
      U256 gasPrice,
      long gasLimit,
      @Nullable Address recipient,
      U256 value,
      byte[] data,
      List<AccessListEntry> accessList)
      implements Transaction {
    public AccessListed {
      accessList = List.copyOf(accessList);
    }

    @Override
    public U256 maxFeePerGas() {
      return gasPrice;
    }

    @Override
    public U256 maxPriorityFeePerGas() {
      return gasPrice;
    }
  }

  /** EIP-1559: bounds its fee and tips out of it. */
  record DynamicFee(
      long chainId,
      long nonce,
      U256 maxPriorityFeePerGas,
      U256 maxFeePerGas,
      long gasLimit,
      @Nullable Address recipient,
      U256 value,
      byte[] data,
      List<AccessListEntry> accessList)
      implements Transaction {
    public DynamicFee {
      accessList = List.copyOf(accessList);
    }
  }

  /** EIP-4844: pays for blobs that the chain does not see, only their hashes. */
  record Blob(
      long chainId,
      long nonce,
      U256 maxPriorityFeePerGas,
      U256 maxFeePerGas,
      long gasLimit,
      @Nullable Address recipient,
      U256 value,
      byte[] data,
      List<AccessListEntry> accessList,
      U256 maxFeePerBlobGas,
      List<Hash> blobHashes)
      implements Transaction {
    public static final long GAS_PER_BLOB = 1 << 17;

    public Blob {
      accessList = List.copyOf(accessList);
      blobHashes = List.copyOf(blobHashes);
    }
  }

  /** EIP-7702: lets accounts run the code of others. */
  record SetCode(
      long chainId,
      long nonce,
      U256 maxPriorityFeePerGas,
      U256 maxFeePerGas,
      long gasLimit,
      @Nullable Address recipient,
      U256 value,
      byte[] data,
      List<AccessListEntry> accessList,
      List<Authorization> authorizations)
      implements Transaction {
    public SetCode {
      accessList = List.copyOf(accessList);
      authorizations = List.copyOf(authorizations);
    }
  }

  long chainId();

  long nonce();

  U256 maxPriorityFeePerGas();

  U256 maxFeePerGas();

  long gasLimit();

  @Nullable Address recipient();

  U256 value();

  byte[] data();

  /** Whom it calls, or nothing if it makes a contract. */
  default Optional<Address> to() {
    return Optional.ofNullable(recipient());
  }

  default List<AccessListEntry> accessList() {
    return List.of();
  }

  default List<Hash> blobHashes() {
    return List.of();
  }

  default U256 maxFeePerBlobGas() {
    return U256.ZERO;
  }

  default List<Authorization> authorizations() {
    return List.of();
  }

  default long blobGas() {
    return blobHashes().size() * Blob.GAS_PER_BLOB;
  }

  /** The type byte of EIP-2718. */
  default byte type() {
    return switch (this) {
      case Legacy legacy -> 0;
      case AccessListed accessListed -> 1;
      case DynamicFee dynamicFee -> 2;
      case Blob blob -> 3;
      case SetCode setCode -> 4;
    };
  }

  /** The fork that first took this form. */
  default Fork since() {
    return switch (this) {
      case Legacy legacy -> legacy.chainId == 0 ? Fork.FRONTIER : Fork.SPURIOUS_DRAGON;
      case AccessListed accessListed -> Fork.BERLIN;
      case DynamicFee dynamicFee -> Fork.LONDON;
      case Blob blob -> Fork.CANCUN;
      case SetCode setCode -> Fork.PRAGUE;
    };
  }

  /** What the sender signs. */
  default Hash signingHash() {
    return TransactionCodec.signingHash(this);
  }

  default SignedTransaction sign(Secp256k1 curve, byte[] secretKey) {
    return new SignedTransaction(this, curve.sign(signingHash().bytes(), secretKey));
  }
}
